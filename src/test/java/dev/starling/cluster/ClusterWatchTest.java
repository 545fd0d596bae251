package dev.starling.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ClusterWatchTest {

    private static final ActorTestKit KIT = ActorTestKit.create(
            "watched",
            NodeConfig.of(new NodeSettings("127.0.0.1", OptionalInt.of(0), List.of(), List.of(), 1, List.of())));

    private static final ClusterWatch WATCH = new ClusterWatch(KIT.system());

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void lettersToNobodyAreCounted() {
        KIT.createTestProbe().awaitAssert(() -> {
            KIT.system().deadLetters().unsafeUpcast().tell("a letter"); // Again until the count has begun.
            assertThat(WATCH.deadLetters()).isPositive();
            return null;
        });
    }

    @Test
    void aNodeAloneHearsNoHeartbeatAndSendsNothing() {
        assertThat(WATCH.lastHeartbeatSeconds()).isNaN();
        assertThat(WATCH.unreachable()).isZero();
        assertThat(WATCH.bytesSent()).isZero();
        assertThat(WATCH.bytesReceived()).isZero();
        assertThat(WATCH.shards()).as("nobody is there to tell").isEqualTo(-1);
    }
}
