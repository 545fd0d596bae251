package dev.starling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoolLabelsTest {

    private static final int CLASSES = 10;
    private static final int PER_LABEL = 400;
    private static final Seeds SEEDS = new Seeds(8);

    /** Two groups of equally frequent labels, one after the other in turn; row r has label r mod 10. */
    private static final PoolLabels LABELS = new PoolLabels(
            Answers.labels(IntStream.range(0, 2 * CLASSES * PER_LABEL)
                    .map(row -> row % CLASSES)
                    .toArray()),
            new int[] {0, CLASSES * PER_LABEL, 2 * CLASSES * PER_LABEL},
            CLASSES);

    private static int[] draw(int device, int group, int count, double alpha) {
        return LABELS.draw(group, count, alpha, SEEDS.of(Purpose.POOL, device));
    }

    private static double squaredShares(int[] rows) {
        double[] counts = new double[CLASSES];
        for (int row : rows) {
            counts[row % CLASSES] += 1.0 / rows.length;
        }
        return Arrays.stream(counts).map(share -> share * share).sum();
    }

    /** Of a Dirichlet mix q over n labels, E[Σ q²] = (α + 1) ÷ (n α + 1); a sample of k rows adds (1 − that) ÷ k. */
    @Test
    void labelMixesAreDirichlet() {
        for (double alpha : new double[] {0.1, 0.5, 5, 1e6}) {
            int devices = 4_000;
            int count = 100;
            double squares = (alpha + 1) / (CLASSES * alpha + 1);
            double found = 0;
            for (int device = 0; device < devices; device++) {
                found += squaredShares(draw(device, 0, count, alpha)) / devices;
            }
            assertThat(found).as("alpha %s", alpha).isCloseTo(squares + (1 - squares) / count, within(0.008));
        }
    }

    @Test
    void everyLabelIsAsFrequentInTheFleet() {
        int[] counts = new int[CLASSES];
        for (int device = 0; device < 4_000; device++) {
            for (int row : draw(device, 1, 50, 0.5)) {
                counts[row % CLASSES]++;
            }
        }
        assertThat(Arrays.stream(counts).boxed().toList())
                .allSatisfy(count -> assertThat(count / 20_000.0).isCloseTo(1, within(0.1)));
    }

    @Test
    void rowsAreOfTheGroupAndNoneComesTwice() {
        for (int device = 0; device < 300; device++) {
            int group = device % 2;
            int[] rows = draw(device, group, 1_000, 0.2);
            assertThat(rows).doesNotHaveDuplicates();
            assertThat(Arrays.stream(rows).allMatch(row -> row / (CLASSES * PER_LABEL) == group))
                    .isTrue();
        }
    }

    @Test
    void tinyConcentrationsGiveOneLabelEach() {
        int[] devicesOfLabel = new int[CLASSES];
        for (int device = 0; device < 1_000; device++) {
            int[] rows = draw(device, 0, 100, 1e-3);
            devicesOfLabel[rows[0] % CLASSES]++;
            assertThat(squaredShares(rows)).isGreaterThan(0.5);
        }
        assertThat(Arrays.stream(devicesOfLabel).min().orElseThrow()).isGreaterThan(50);
    }

    @Test
    void aLabelOfWhichNothingIsLeftDropsOutOfTheMix() {
        int[] rows = draw(7, 0, PER_LABEL + 50, 1e-3);

        assertThat(rows).doesNotHaveDuplicates();
        assertThat(squaredShares(rows)).isBetween(0.5, 0.9);
    }
}
