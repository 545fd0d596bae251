package dev.starling.protocol;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.starling.model.Backend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The seeds that {@link ProtocolSimulationTest} leaves. */
@Tag("soak")
class ManySeedsTest {

    @BeforeAll
    static void prepare() {
        Backend.start();
        LoggedErrors.warnings(false);
    }

    @AfterAll
    static void cleanUp() {
        LoggedErrors.warnings(true);
    }

    @Test
    void whateverHappensARunEndsAsIfNothingHadUnderThousandsOfFurtherSeeds() {
        assumeTrue(ProtocolSimulationTest.ONLY < 0, "-Dprotocol.seed asks for one seed only");
        ProtocolSimulationTest.playAll(ProtocolSimulationTest.FIRST, ProtocolSimulationTest.SEEDS);
    }
}
