package dev.starling.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.DataLoader;
import dev.starling.data.RawData;
import dev.starling.data.view.DeviceViews;
import dev.starling.fleet.Fleet;
import dev.starling.fleet.life.Region;
import dev.starling.fleet.life.Regions;
import dev.starling.model.Examples;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetSurroundingsTest {

    private static final List<Region> REGIONS =
            List.of(new Region("americas", 0.3, -300), new Region("asia", 0.7, 8 * 60));
    private static final Seeds SEEDS = new Seeds(5);

    private static final String DAILY = """
            seed = 5
            data.source { kind = synthetic-pool, iid = true, groups = 1, max-examples = 200 }
            data.bias.region.strength = 2
            fleet {
              devices = 400
              availability.kind = daily
              regions { americas { share = 0.3, utc-offset = "-05:00" }, asia { share = 0.7, utc-offset = "+08:00" } }
            }
            """;

    private static Fleet fleet() {
        return new Fleet(ScenarioReader.parse(DAILY, "x.conf").fleet(), SEEDS);
    }

    @Test
    void deviceSeesWhereItLives() {
        FleetSurroundings surroundings = FleetSurroundings.of(fleet(), REGIONS, SEEDS);
        Regions lives = new Regions(REGIONS, SEEDS);
        SimTime noon = new SimTime(12 * 3_600_000L);
        for (int device = 0; device < 400; device++) {
            Region region = lives.of(device);
            assertThat(REGIONS.get(surroundings.region(device))).isEqualTo(region);
            assertThat(surroundings.localHour(device, noon))
                    .isEqualTo(region.name().equals("asia") ? 20 : 7);
        }
    }

    @Test
    void regionsWithoutAFleetOfTheirOwnLieAroundTheEarth() {
        FleetSurroundings surroundings = FleetSurroundings.aroundTheEarth(fleet(), 4, SEEDS);
        for (int device = 0; device < 100; device++) {
            assertThat(surroundings.localHour(device, new SimTime(0))).isEqualTo(6 * surroundings.region(device));
        }
        assertThat(IntStream.range(0, 100).map(surroundings::region).distinct()).hasSize(4);
    }

    /** The bias follows the regions of the fleet: devices of one region see alike, those of another otherwise. */
    @Test
    void biasOfADailyFleetIsThatOfItsRegions() {
        Scenario scenario = ScenarioReader.parse(DAILY, "x.conf");
        RawData raw = DataLoader.load(scenario.data(), 400, SEEDS);
        DeviceViews views = FleetSurroundings.views(scenario, raw.featurized(raw.fitFeaturizer()), fleet());
        Regions lives = new Regions(REGIONS, SEEDS);
        double[] meanOfRegion = new double[2];
        double[] devices = new double[2];
        double[][] means = new double[400][];
        for (int device = 0; device < 400; device++) {
            means[device] =
                    new double[] {mean(views.training(device, scenario.fleet().start()))};
            meanOfRegion[lives.indexOf(device)] += means[device][0];
            devices[lives.indexOf(device)]++;
        }
        double americas = meanOfRegion[0] / devices[0];
        double asia = meanOfRegion[1] / devices[1];
        assertThat(Math.abs(americas - asia)).isGreaterThan(0.3);
        for (int device = 0; device < 400; device++) {
            double own = lives.indexOf(device) == 0 ? americas : asia;
            assertThat(means[device][0]).as("device %d", device).isCloseTo(own, within(0.15));
        }
    }

    /** Of the last feature, which varies least: deviation 60^-0.6. */
    private static double mean(Examples examples) {
        float[] all = new float[examples.count() * examples.width()];
        examples.features(IntStream.range(0, examples.count()).toArray(), 0, examples.count(), FloatBuffer.wrap(all));
        double sum = 0;
        for (int i = examples.width() - 1; i < all.length; i += examples.width()) {
            sum += all[i] / deviation();
        }
        return sum / examples.count();
    }

    private static double deviation() {
        return Math.pow(60, -0.6) / 0.3;
    }
}
