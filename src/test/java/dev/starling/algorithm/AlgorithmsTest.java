package dev.starling.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.algorithm.AlgorithmSettings.Kind;
import dev.starling.algorithm.AlgorithmSettings.Server;
import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.model.LocalSettings;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class AlgorithmsTest {

    private static final LocalSettings LOCAL = new LocalSettings(5, 10, 0.1, 0.9, 0.01, 0, true);

    private static Algorithm of(Kind kind) {
        return Algorithms.of(new AlgorithmSettings(kind, 0.25, new ServerSettings(Server.YOGI, 0.1, 0.9, 0.99, 1e-3)));
    }

    @Test
    void fedAvgTrainsAsTheScenarioSays() {
        Algorithm fedAvg = of(Kind.FEDAVG);
        assertThat(fedAvg.local(LOCAL)).isEqualTo(LOCAL);
        assertThat(fedAvg.partialWork() || fedAvg.gradientOnly()).isFalse();
    }

    @Test
    void fedProxAddsItsTermAndKeepsPartialWork() {
        assertThat(of(Kind.FEDPROX).local(LOCAL)).isEqualTo(new LocalSettings(5, 10, 0.1, 0.9, 0.01, 0.25, true));
        assertThat(of(Kind.FEDPROX).partialWork()).isTrue();
    }

    @Test
    void fedSgdTakesOneStepOnAllExamples() {
        LocalSettings local = of(Kind.FEDSGD).local(LOCAL);
        assertThat(local).isEqualTo(new LocalSettings(1, LocalSettings.FULL_BATCH, 0.1, 0, 0.01, 0, false));
        assertThat(local.stepsPerEpoch(600)).isEqualTo(1);
    }

    @Test
    void dataParallelAveragesGradientsOverDevices() {
        Algorithm dataParallel = of(Kind.DATA_PARALLEL);
        assertThat(dataParallel.gradientOnly()).isTrue();
        assertThat(dataParallel.weighing()).isEqualTo(Weighing.EQUAL);
        assertThat(dataParallel.local(LOCAL).momentum()).isZero();
    }

    @Test
    void everyAlgorithmTakesTheServerOptimizerOfTheScenario() {
        for (Kind kind : EnumSet.complementOf(EnumSet.of(Kind.CUSTOM))) {
            assertThat(of(kind).newServerOptimizer().state().kind()).isEqualTo(Server.YOGI);
            assertThat(of(kind).newServerOptimizer()).isNotSameAs(of(kind).newServerOptimizer());
        }
    }
}
