package dev.starling.data.view;

import static dev.starling.data.view.Rowed.MIDNIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Seeds;
import dev.starling.data.ViewSettings;
import dev.starling.data.ViewSettings.Concept;
import dev.starling.data.ViewSettings.Daytime;
import dev.starling.data.ViewSettings.Region;
import dev.starling.data.ViewSettings.Weather;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SkewTest {

    private static final Rowed TABLE = new Rowed(
            List.of(20), 4, 200, 400, (example, column) -> (float) new Random(example * 64L + column).nextGaussian());

    private static Skew skew(Rowed data, double region, double darkness, double noise, int labels) {
        ViewSettings settings = new ViewSettings(
                new Region(region, 200, ViewSettings.NEVER),
                new Daytime(darkness),
                new Weather(noise, 0, 3600),
                new Concept(labels, 2, ViewSettings.NEVER),
                false,
                ViewSettings.PLAIN.arrival());
        Seeds seeds = new Seeds(4);
        return SkewMeasure.of(new DeviceViews(data, settings, new Earth(200), MIDNIGHT, seeds), MIDNIGHT, seeds);
    }

    private static Skew.Effect effect(Skew skew, String bias) {
        return Objects.requireNonNull(skew.biases().get(bias));
    }

    /** By hand: histograms (4, 0) and (0, 4), all (4, 4): √(½·log₂(1/¾) + ½·(½·log₂(½/¾) + ½·log₂(½/¼))) = √0.3113. */
    @Test
    void labelDistanceIsThatOfJensenAndShannon() {
        assertThat(Histograms.meanDistance(List.of(List.of(4, 0), List.of(0, 4))))
                .isCloseTo(0.557923, within(1e-6));
        assertThat(Histograms.meanDistance(List.of(List.of(4, 2), List.of(2, 1))))
                .isZero();
        assertThat(Histograms.distance(new double[] {1, 0}, new double[] {0, 3}))
                .isEqualTo(1);
        assertThat(Histograms.meanDistance(List.of(List.of(), List.of()))).isNaN();
    }

    @Test
    void variationIsDeviationOverMean() {
        assertThat(Histograms.variation(new double[] {2, 4, 6})).isCloseTo(Math.sqrt(8 / 3.0) / 4, within(1e-12));
    }

    @Test
    void devicesThatSeeTheSameAreNotSkewed() {
        Skew skew = skew(TABLE, 0, 0, 0, 0);

        assertThat(skew.devices()).isEqualTo(100);
        assertThat(skew.labels()).isZero();
        assertThat(skew.sizes()).isZero();
        assertThat(skew.features()).isCloseTo(0, within(1e-6));
        assertThat(skew.biases()).isEmpty();
    }

    @Test
    void regionsThatShiftByHalfADeviationMeasureThat() {
        Skew skew = skew(TABLE, 0.5, 0, 0, 0);

        assertThat(skew.biases().keySet()).containsExactly("region");
        assertThat(effect(skew, "region").meanShift()).isCloseTo(0.5, within(0.05));
        assertThat(skew.features()).isCloseTo(0.5, within(0.07));
    }

    @Test
    void noiseChangesExamplesButNotTheirMeans() {
        Skew.Effect effect = effect(skew(TABLE, 0, 0, 1, 0), "weather");

        // Between two uniform draws at a uniform moment: the mean square is 1/4 + 1/18.
        assertThat(effect.change()).isCloseTo(Math.sqrt(11 / 36.0), within(0.07));
        assertThat(effect.meanShift()).isLessThan(0.15);
    }

    @Test
    void relabelledShareIsThatOfTheLabelsMovedInHalfOfTheDevices() {
        Skew skew = skew(TABLE, 0, 0, 0, 2);

        assertThat(effect(skew, "concept").relabelled()).isCloseTo(0.25, within(0.08));
        assertThat(effect(skew, "concept").change()).isZero();
        // Labels are swapped, and all are equally frequent: histograms do not tell.
        assertThat(skew.labels()).isZero();
    }

    @Test
    void darknessIsSeenOverTheDay() {
        Rowed images = new Rowed(List.of(1, 4, 4), 2, 200, 20, (example, pixel) -> (example + pixel) % 2);
        Skew.Effect effect = effect(skew(images, 0, 1, 0, 0), "daytime");

        assertThat(effect.meanShift()).isBetween(0.3, 1.5);
    }
}
