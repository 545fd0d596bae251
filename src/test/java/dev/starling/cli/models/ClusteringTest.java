package dev.starling.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusteringTest {

    /** The example of the textbook: distances of five, joined at 17, 22, 28 and 33 by average linkage. */
    @Test
    void averageLinkageJoinsAtTheHeightsOfAWorkedExample() {
        double[][] distances = {
            {0, 17, 21, 31, 23}, {17, 0, 30, 34, 21}, {21, 30, 0, 28, 39}, {31, 34, 28, 0, 43}, {23, 21, 39, 43, 0}
        };
        assertThat(Clustering.of(distances).heights()).containsExactly(17.0, 22.0, 28.0, 33.0);
    }

    @Test
    void groupsThatLieApartAreFoundWhateverTheirOrder() {
        double[] places = {0, 10, 0.3, 20.2, 10.4, 20, 0.1};
        double[][] distances = between(places);
        Clustering found = Clustering.of(distances);
        assertThat(found.clusters()).isEqualTo(3);
        assertThat(found.order()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
        List<Integer> ends = IntStream.range(0, 3)
                .mapToObj(c -> c + 1 < 3 ? found.starts().get(c + 1) : 7)
                .toList();
        for (int c = 0; c < 3; c++) {
            double[] group = found.order().subList(found.starts().get(c), ends.get(c)).stream()
                    .mapToDouble(leaf -> places[leaf])
                    .sorted()
                    .toArray();
            assertThat(group[group.length - 1]).isCloseTo(group[0], within(0.5));
        }
    }

    @Test
    void whatIsEvenlySpreadIsOneCluster() {
        Clustering found = Clustering.of(between(new double[] {0, 1, 2, 3, 4, 5, 6, 7}));
        double[][] same = new double[4][4];
        assertThat(Clustering.of(same).clusters()).isEqualTo(1);
        assertThat(found.order()).hasSize(8).doesNotHaveDuplicates();
        assertThat(Clustering.of(new double[1][1]).order()).containsExactly(0);
    }

    @Test
    void everyOrderIsAPermutationAndHeightsRise() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            double[] places = random.doubles(2 + random.nextInt(20)).toArray();
            Clustering found = Clustering.of(between(places));
            assertThat(found.order())
                    .as("seed " + seed)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, places.length).boxed().toList());
            assertThat(found.heights()).isSorted().hasSize(places.length - 1);
            assertThat(found.starts()).startsWith(0).isSorted();
        }
    }

    private static double[][] between(double[] places) {
        double[][] distances = new double[places.length][places.length];
        for (int i = 0; i < places.length; i++) {
            for (int j = 0; j < places.length; j++) {
                distances[i][j] = Math.abs(places[i] - places[j]);
            }
        }
        return distances;
    }
}
