package dev.starling.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class NodeHostsTest {

    private final NodeHosts hosts = new NodeHosts();

    @Test
    void whoeverWaitsForARunThatIsReleasedWaitsNoMore() {
        CompletableFuture<NodeHosts.Place> waiting = hosts.place("run");
        hosts.release("run");
        assertThat(waiting).isCompletedExceptionally();
        assertThat(hosts.place("run")).isCompletedExceptionally();
        assertThat(hosts.isOver("run")).isTrue();
        assertThat(hosts.isOver("run~1")).isFalse();
    }

    @Test
    void nobodyWaitsForARunThatWasTakenUpAgain() {
        CompletableFuture<NodeHosts.Place> later = hosts.place("run~10");
        assertThat(hosts.place("run~9")).isCompletedExceptionally();
        assertThat(hosts.place("run")).isCompletedExceptionally();
        assertThat(hosts.place("run~11")).isNotDone();
        assertThat(hosts.place("another")).isNotDone();
        assertThat(later).isNotDone();
    }

    @Test
    void aSessionIsEarlierThanThoseAfterIt() {
        assertThat(RunSpec.isEarlier("run", "run~1")).isTrue();
        assertThat(RunSpec.isEarlier("run~9", "run~10")).isTrue();
        assertThat(RunSpec.isEarlier("run~10", "run~9")).isFalse();
        assertThat(RunSpec.isEarlier("run~1", "run~1")).isFalse();
        assertThat(RunSpec.isEarlier("another", "run~1")).isFalse();
    }
}
