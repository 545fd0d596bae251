package dev.starling.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.InputException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartFailureTest {

    private static final NodeSettings SETTINGS =
            new NodeSettings("127.0.0.1", OptionalInt.of(2551), List.of(), List.of(), 1, List.of());

    private static RuntimeException of(Exception failure) {
        return StartFailure.of(SETTINGS, failure);
    }

    /** What Pekko throws where its parts wait for each other. */
    @Test
    void aPartThatIsNotUpInTimeIsSaidToBeLate() {
        Exception extension =
                new IllegalStateException("Initialization of [class org.apache.pekko.cluster.Cluster] took "
                        + "more than [20000 ms]. Could be deadlock due to cyclic initialization of extensions.");
        assertThat(of(extension))
                .isInstanceOf(LateStartException.class)
                .hasCause(extension)
                .hasMessage(
                        "this node did not come up in time, as the machine was too busy or stood still: Initialization "
                                + "of [class org.apache.pekko.cluster.Cluster] took more than [20000 ms]; start it again, or give "
                                + "it longer: raise pekko.actor.creation-timeout in conf/application.conf");
        assertThat(of(new TimeoutException("Future timed out after [20 seconds]")))
                .isInstanceOf(LateStartException.class)
                .hasMessageContaining("stood still: Future timed out after [20 seconds]; start it again");
        assertThat(of(new IllegalArgumentException(new IllegalStateException(
                        "Logger log1-Slf4jLogger did not respond with LoggerInitialized, sent instead [TIMEOUT]"))))
                .isInstanceOf(LateStartException.class);
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        assertThat(of(new IllegalStateException(new BindException("Address already in use"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "cannot listen on 127.0.0.1 port 2551: Address already in use; take another port");
    }

    @Test
    void anythingElseIsPassedOn() {
        RuntimeException other = new IllegalStateException("Initialization of [x] failed");
        assertThat(of(other)).isSameAs(other);
        Exception checked = new Exception("checked");
        assertThat(of(checked)).isInstanceOf(IllegalStateException.class).hasCause(checked);
    }

    /** A machine that stands still for two minutes while a node comes up is no reason to end it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pekko.actor.creation-timeout",
                "pekko.stream.materializer.creation-timeout",
                "pekko.remote.artery.bind.bind-timeout",
                "pekko.logger-startup-timeout"
            })
    void aStartMayTakeMinutes(String timeout) {
        assertThat(NodeConfig.of(SETTINGS).getDuration(timeout)).isGreaterThan(Duration.ofMinutes(2));
    }
}
