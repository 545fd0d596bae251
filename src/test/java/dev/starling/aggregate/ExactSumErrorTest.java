package dev.starling.aggregate;

import static dev.starling.aggregate.Deltas.direct;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The error of the sum against exact arithmetic; the figures stand in ExactSum's Javadoc. */
class ExactSumErrorTest {

    private static final int COUNT = 1200;

    private double worst;
    private double squares;
    private double worstOfDouble;
    private double worstOfFloat;

    @Test
    void theErrorIsFarBelowThatOfFloatSums() {
        int values = 0;
        for (long seed = 0; seed < 5; seed++) {
            measure(seed, 100);
            values += COUNT;
        }
        double rms = Math.sqrt(squares / values);
        String figures =
                "worst %.2g, rms %.2g; double %.2g, float %.2g".formatted(worst, rms, worstOfDouble, worstOfFloat);
        System.out.println("100 deltas of about 0.01 against exact sums: " + figures);
        // 100 roundings of at most half a unit, uniform: rms is √(100 ÷ 12) units.
        assertThat(worst).as(figures).isLessThan(100 * 0x1p-41);
        assertThat(rms)
                .as(figures)
                .isBetween(0.9 * Math.sqrt(100 / 12.0) * 0x1p-40, 1.1 * Math.sqrt(100 / 12.0) * 0x1p-40);
        assertThat(worst).as(figures).isLessThan(worstOfFloat / 50);
    }

    private void measure(long seed, int reporters) {
        Rng rng = new Seeds(seed).of(Purpose.SHUFFLE);
        float[] base = Deltas.gaussian(rng, COUNT, 0.1);
        BigDecimal[] exact = new BigDecimal[COUNT];
        Arrays.fill(exact, BigDecimal.ZERO);
        double[] doubles = new double[COUNT];
        float[] floats = new float[COUNT];
        ExactSum sum = new ExactSum(COUNT);
        for (int k = 0; k < reporters; k++) {
            double weight = (1 + rng.nextInt(600)) / (300.0 * reporters);
            float[] trained = Deltas.plus(base, Deltas.gaussian(rng, COUNT, 0.01));
            assertThat(sum.add(weight, direct(trained), direct(base))).isEmpty();
            for (int i = 0; i < COUNT; i++) {
                float delta = trained[i] - base[i];
                exact[i] = exact[i].add(new BigDecimal(weight).multiply(new BigDecimal(delta)));
                doubles[i] += weight * delta;
                floats[i] += (float) weight * delta;
            }
        }
        for (int i = 0; i < COUNT; i++) {
            double error = Math.abs(
                    exact[i].subtract(new BigDecimal(sum.toDelta().get(i))).doubleValue());
            worst = Math.max(worst, error);
            squares += error * error;
            worstOfDouble = Math.max(
                    worstOfDouble,
                    exact[i].subtract(new BigDecimal(doubles[i])).abs().doubleValue());
            worstOfFloat = Math.max(
                    worstOfFloat,
                    exact[i].subtract(new BigDecimal(floats[i])).abs().doubleValue());
        }
    }

    @Test
    void aSingleAdditionIsOffByAtMostHalfAUnit() {
        Rng rng = new Seeds(77).of(Purpose.SHUFFLE);
        for (int trial = 0; trial < 200; trial++) {
            double weight = rng.nextDouble();
            float[] values = Deltas.gaussian(rng, 100, StrictMath.pow(10, rng.uniform(-12, 1)));
            ExactSum sum = new ExactSum(100);
            assertThat(sum.add(weight, direct(values))).isEmpty();
            for (int i = 0; i < values.length; i++) {
                BigDecimal exact = new BigDecimal(weight).multiply(new BigDecimal(values[i]));
                BigDecimal error =
                        exact.subtract(new BigDecimal(sum.toDelta().get(i))).abs();
                // Products above 2^11 are rounded to double first, which these are far from.
                assertThat(error.doubleValue()).isLessThanOrEqualTo(0x1p-41 * (1 + 1e-2));
            }
        }
    }
}
