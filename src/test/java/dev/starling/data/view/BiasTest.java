package dev.starling.data.view;

import static dev.starling.data.view.Rowed.MIDNIGHT;
import static dev.starling.data.view.Rowed.features;
import static dev.starling.data.view.Rowed.labels;
import static dev.starling.data.view.Rowed.mean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.InputException;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.ViewSettings;
import dev.starling.data.ViewSettings.Concept;
import dev.starling.data.ViewSettings.Daytime;
import dev.starling.data.ViewSettings.Region;
import dev.starling.data.ViewSettings.Weather;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BiasTest {

    private static final long HOUR = 3_600_000;
    private static final double NEVER = ViewSettings.NEVER;
    private static final Region NO_REGION = new Region(0, 3, NEVER);
    private static final Daytime NO_NIGHT = new Daytime(0);
    private static final Weather NO_WEATHER = new Weather(0, 0, NEVER);
    private static final Concept NO_CONCEPT = new Concept(0, 2, NEVER);

    /** 9×9, black but for a white square in the middle that example i widens. */
    private static final Rowed SQUARES = new Rowed(List.of(1, 9, 9), 10, 60, 50, (example, pixel) -> {
        int x = pixel % 9;
        int y = pixel / 9;
        return Math.max(Math.abs(x - 4), Math.abs(y - 4)) <= 1 + example % 3 ? 1 : 0;
    });

    /** Column j is N(10 j, (j + 1)²); the last is a flag. */
    private static final Rowed TABLE = new Rowed(List.of(5), 2, 60, 400, (example, column) -> {
        Random random = new Random(example * 31L + column);
        return column == 4 ? random.nextInt(2) : (float) (10 * column + (column + 1) * random.nextGaussian());
    });

    private static DeviceViews views(Rowed data, Region region, Daytime day, Weather weather, Concept concept) {
        ViewSettings settings = new ViewSettings(region, day, weather, concept, false, ViewSettings.PLAIN.arrival());
        return new DeviceViews(data, settings, new Earth(region.count()), MIDNIGHT, new Seeds(7));
    }

    @Test
    void withoutBiasDevicesSeeTheVeryExamplesOfTheData() {
        DeviceViews views = views(SQUARES, NO_REGION, NO_NIGHT, NO_WEATHER, NO_CONCEPT);

        assertThat(views.training(3, MIDNIGHT)).isNotInstanceOf(SeenExamples.class);
        assertThat(views.test()).isNotInstanceOf(SeenExamples.class);
        assertThat(views.labelCounts(3, MIDNIGHT)).isEqualTo(SQUARES.labelCounts(3));
    }

    @Test
    void imagesAreDarkAtNightAndAsTheyAreAtNoon() {
        DeviceViews views = views(SQUARES, NO_REGION, new Daytime(0.8), NO_WEATHER, NO_CONCEPT);
        double plain = mean(features(SQUARES.training(0)));

        assertThat(mean(features(views.training(0, MIDNIGHT)))).isCloseTo(0.2 * plain, within(1e-6));
        assertThat(mean(features(views.training(0, MIDNIGHT.plusMillis(6 * HOUR)))))
                .isCloseTo(0.6 * plain, within(1e-6));
        assertThat(mean(features(views.training(0, MIDNIGHT.plusMillis(12 * HOUR)))))
                .isCloseTo(plain, within(1e-6));
        // It is noon already twelve hours to the east.
        assertThat(mean(features(views.training(12, MIDNIGHT)))).isCloseTo(plain, within(1e-6));
        assertThat(mean(features(views.heldOut(0, MIDNIGHT)))).isCloseTo(0.2 * plain, within(1e-6));
        assertThat(mean(features(views.test()))).isEqualTo(plain);
    }

    @Test
    void regionShiftsEveryColumnByStandardDeviationsAndLeavesFlagsAlone() {
        DeviceViews views = views(TABLE, new Region(1, 50, NEVER), NO_NIGHT, NO_WEATHER, NO_CONCEPT);
        float[][] plain = features(TABLE.training(0));
        double squares = 0;
        for (int device = 0; device < 50; device++) {
            float[][] seen = features(views.training(device, MIDNIGHT));
            for (int column = 0; column < 4; column++) {
                double shift = (columnMean(seen, column) - columnMean(plain, column)) / (column + 1);
                squares += shift * shift;
            }
            assertThat(columnMean(seen, 4)).isEqualTo(columnMean(plain, 4));
        }

        // 200 draws of N(0, 1): their mean square is 1 ± 0.1.
        assertThat(squares / 200).isBetween(0.7, 1.3);
        // Devices of one region see alike.
        assertThat(features(views.training(53, MIDNIGHT))).isDeepEqualTo(features(views.training(3, MIDNIGHT)));
    }

    @Test
    void imagesOfARegionAreAllChangedInTheSameWay() {
        DeviceViews views = views(SQUARES, new Region(1, 3, NEVER), NO_NIGHT, NO_WEATHER, NO_CONCEPT);
        float[][] first = features(views.training(0, MIDNIGHT));

        assertThat(first[0]).isEqualTo(first[3]).isNotEqualTo(features(SQUARES.training(0))[0]);
        assertThat(features(views.training(3, MIDNIGHT.plusMillis(999 * HOUR)))).isDeepEqualTo(first);
        assertThat(features(views.training(1, MIDNIGHT))[0]).isNotEqualTo(first[0]);
    }

    @Test
    void poseOfAQuarterTurnAndAShiftMovesPixels() {
        Image image = new Image(2, 3, 3);
        float[] from = new float[18];
        from[1] = 1; // Upper middle of the first channel.
        from[9 + 5] = 2; // Right middle of the second.
        float[] turned = new float[18];
        image.sampling(new Image.Pose(0, 1, -1, 0, 0, 0)).sample(from, turned);
        float[] moved = new float[18];
        image.sampling(new Image.Pose(1, 0, 0, 1, 0.5f, -1)).sample(from, moved);

        assertThat(turned).containsExactly(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0);
        assertThat(moved).containsExactly(.5f, .5f, 0, .5f, .5f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2);
    }

    @Test
    void driftingRegionGlidesFromOneWayOfSeeingToAnother() {
        DeviceViews views = views(TABLE, new Region(1, 3, 24 * 3600), NO_NIGHT, NO_WEATHER, NO_CONCEPT);
        SimTime nextDay = MIDNIGHT.plusMillis(24 * HOUR);
        double atFirst = columnMean(features(views.training(0, MIDNIGHT)), 0);
        double soon = columnMean(features(views.training(0, MIDNIGHT.plusMillis(1000))), 0);
        double justBefore = columnMean(features(views.training(0, nextDay.plusMillis(-1000))), 0);
        double atLast = columnMean(features(views.training(0, nextDay)), 0);

        assertThat(soon).isCloseTo(atFirst, within(0.001)).isNotEqualTo(atFirst);
        assertThat(justBefore).isCloseTo(atLast, within(0.001));
        assertThat(Math.abs(atLast - atFirst)).isGreaterThan(0.01);
    }

    @Test
    void noiseOfTheWeatherHasTheDeviationThatTheSettingsSay() {
        DeviceViews views = views(TABLE, NO_REGION, NO_NIGHT, new Weather(0.5, 0, 3600), NO_CONCEPT);
        double worst = 0;
        double sum = 0;
        int looks = 300;
        for (int look = 0; look < looks; look++) {
            // Only at the turn of the hour is the weather a fresh draw.
            float[][] seen = features(views.training(0, MIDNIGHT.plusMillis(look * HOUR)));
            double deviation = deviation(seen, features(TABLE.training(0)), 2) / 3;
            worst = Math.max(worst, deviation);
            sum += deviation;
        }

        // How bad it is is uniform: the mean is half of the worst.
        assertThat(worst).isBetween(0.45, 0.56);
        assertThat(sum / looks).isCloseTo(0.25, within(0.03));
    }

    @Test
    void examplesOfADeviceAndDevicesHaveTheirOwnNoise() {
        DeviceViews views = views(SQUARES, NO_REGION, NO_NIGHT, new Weather(1, 0, NEVER), NO_CONCEPT);
        float[][] one = features(views.training(0, MIDNIGHT));
        float[][] other = features(views.training(3, MIDNIGHT));

        assertThat(one[0]).isNotEqualTo(one[3]); // The same square.
        assertThat(one[0]).isNotEqualTo(other[0]); // The same region.
        assertThat(features(views.training(0, MIDNIGHT))).isDeepEqualTo(one);
    }

    @Test
    void blurKeepsTheLightAndSoftensEdges() {
        DeviceViews views = views(SQUARES, NO_REGION, NO_NIGHT, new Weather(0, 1, NEVER), NO_CONCEPT);
        float[] plain = features(SQUARES.training(0))[0];
        float[] seen = features(views.training(0, MIDNIGHT))[0];

        // The square of example 0 is far enough from the border for no light to be lost.
        assertThat(sum(seen)).isCloseTo(sum(plain), within(1e-4));
        assertThat(seen[4 * 9 + 4]).isCloseTo(1, within(1e-6f));
        assertThat(seen[4 * 9 + 3]).isBetween(0.74f, 1f);
        assertThat(seen[4 * 9 + 2]).isBetween(1e-6f, 0.26f);
    }

    @Test
    void labelsMeanOtherThingsInOtherGroups() {
        DeviceViews views = views(SQUARES, NO_REGION, NO_NIGHT, NO_WEATHER, new Concept(3, 4, NEVER));
        int[] plain = labels(SQUARES.training(0));
        int unmoved = 0;
        for (int device = 0; device < 60; device++) {
            int[] seen = labels(views.training(device, MIDNIGHT));
            int[] meanings = Arrays.copyOf(seen, 10); // Examples 0 to 9 have labels 0 to 9.
            long moved = IntStream.range(0, 10).filter(i -> meanings[i] != i).count();

            assertThat(moved).isIn(0L, 3L);
            assertThat(Arrays.stream(meanings).sorted()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(seen)
                    .isEqualTo(
                            Arrays.stream(plain).map(label -> meanings[label]).toArray());
            assertThat(labels(views.heldOut(device, MIDNIGHT))).isEqualTo(seen);
            unmoved += moved == 0 ? 1 : 0;
        }
        // A quarter of 60 devices, give or take three deviations.
        assertThat(unmoved).isBetween(5, 25);
    }

    @Test
    void driftingConceptGivesLabelsOtherMeanings() {
        DeviceViews views = views(SQUARES, NO_REGION, NO_NIGHT, NO_WEATHER, new Concept(10, 2, 3600));
        int device = IntStream.range(0, 60)
                .filter(d -> !Arrays.equals(labels(views.training(d, MIDNIGHT)), labels(SQUARES.training(d))))
                .findFirst()
                .orElseThrow();
        int[] before = labels(views.training(device, MIDNIGHT));

        assertThat(labels(views.training(device, MIDNIGHT.plusMillis(HOUR - 1))))
                .isEqualTo(before);
        assertThat(labels(views.training(device, MIDNIGHT.plusMillis(HOUR)))).isNotEqualTo(before);
    }

    @Test
    void biasesComposeAndBatchesSeeWhatTheWholeSees() {
        DeviceViews views = views(
                SQUARES,
                new Region(0.5, 3, NEVER),
                new Daytime(0.5),
                new Weather(0.5, 0.5, NEVER),
                new Concept(2, 2, NEVER));
        var examples = views.training(5, MIDNIGHT);
        float[][] all = features(examples);
        float[] batch = new float[3 * 81];
        examples.features(new int[] {9, 49, 7, 20}, 1, 3, FloatBuffer.wrap(batch));

        assertThat(Arrays.copyOfRange(batch, 0, 81)).isEqualTo(all[49]);
        assertThat(Arrays.copyOfRange(batch, 81, 162)).isEqualTo(all[7]);
        assertThat(Arrays.copyOfRange(batch, 162, 243)).isEqualTo(all[20]);
    }

    @Test
    void testSetIsSeenAsDevicesSeeOnlyIfAskedFor() {
        ViewSettings settings =
                new ViewSettings(NO_REGION, new Daytime(1), NO_WEATHER, NO_CONCEPT, true, ViewSettings.PLAIN.arrival());
        DeviceViews views = new DeviceViews(SQUARES, settings, new Earth(3), MIDNIGHT, new Seeds(1));

        assertThat(mean(features(views.test()))).isLessThan(0.9 * mean(features(SQUARES.test())));
    }

    @Test
    void biasThatDoesNotFitTheDataIsRefused() {
        assertThatThrownBy(() -> views(TABLE, NO_REGION, new Daytime(0.5), NO_WEATHER, NO_CONCEPT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("data.bias.daytime.darkness needs images");
        assertThatThrownBy(() -> views(TABLE, NO_REGION, NO_NIGHT, NO_WEATHER, new Concept(3, 2, NEVER)))
                .hasMessageContaining("must be at most the number of classes (2), got 3");
    }

    private static double columnMean(float[][] rows, int column) {
        return Arrays.stream(rows).mapToDouble(row -> row[column]).average().orElseThrow();
    }

    /** Of the differences between two tables in one column. */
    private static double deviation(float[][] a, float[][] b, int column) {
        return Math.sqrt(IntStream.range(0, a.length)
                .mapToDouble(i -> Math.pow(a[i][column] - b[i][column], 2))
                .average()
                .orElseThrow());
    }

    private static double sum(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
    }
}
