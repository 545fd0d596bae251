package dev.starling.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.InputException;
import dev.starling.base.SimTime;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.StoreUnavailableException;
import dev.starling.store.VersionKey;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

@ExtendWith(PostgresStoreTest.Server.class)
class PostgresStoreTest extends ModelStoreContract {

    private static Optional<PostgresServer> server = Optional.empty();

    /** Starts the server, or skips the class. */
    static final class Server implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            server = Optional.of(PostgresServer.of(context));
        }
    }

    /** The running server, of any class that {@link Server} extends. */
    static PostgresServer server() {
        return server.orElseThrow();
    }

    @Override
    StoreSettings emptyDatabase() {
        return server.orElseThrow().newDatabase();
    }

    @Test
    void whatWasWrittenSurvivesACrashOfTheServerAndTheStoreFindsItAgain() {
        store.write(SmallModels.round(RUN, 0, 3));
        server.orElseThrow().kill();
        try {
            assertThatThrownBy(() -> store.write(SmallModels.round(RUN, 1, 3)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("cannot be reached");
            assertThatThrownBy(() -> ModelStore.open(settings)).isInstanceOf(StoreUnavailableException.class);
        } finally {
            server.orElseThrow().start();
        }
        store.write(SmallModels.round(RUN, 1, 3));
        assertThat(store.recover(RUN, VersionKey.of(2, 0))).isEqualTo(SmallModels.personal(2, 0, 0));
        assertThat(store.fsck(false, Optional.empty()).verified()).isEqualTo(8);
    }

    @Test
    void aServerThatFallsSilentIsNotWaitedForForEver() {
        try (ModelStore impatient = inTheEnd(() -> ModelStore.open(settings.withPool(1, 250)))) {
            writeInTheEnd(impatient, SmallModels.round(RUN, 0, 3));
            server.orElseThrow().freeze();
            try {
                // At first over the connection that is there, then without one.
                for (int attempt = 0; attempt < 2; attempt++) {
                    assertThatThrownBy(() -> impatient.write(SmallModels.round(RUN, 1, 3)))
                            .isInstanceOf(StoreUnavailableException.class)
                            .hasMessageContaining("cannot be reached");
                }
            } finally {
                server.orElseThrow().goOn();
            }
            writeInTheEnd(impatient, SmallModels.round(RUN, 1, 3));
            assertThat(impatient.recover(RUN, VersionKey.of(2, 0))).isEqualTo(SmallModels.personal(2, 0, 0));
            assertThat(impatient.fsck(false, Optional.empty()).verified()).isEqualTo(8);
        }
    }

    /** No answer is waited for while the server, or what lies between, does not take what is sent. */
    @Test
    void aServerThatTakesNoMoreIsNotWaitedForForEver() throws Exception {
        TensorLayout large = new TensorLayout(List.of(new TensorSpec("large", List.of(8 << 20))));
        VersionKey key = VersionKey.base(0);
        Snapshot model = SmallModels.model(large, 1);
        WriteBatch batch =
                new WriteBatch(RUN, List.of(NewVersion.snapshot(key, model, Origin.at(new SimTime(1_000_000)))));
        Matcher url = Pattern.compile("(.*127\\.0\\.0\\.1:)(\\d+)(/.*)").matcher(settings.url());
        assertThat(url.matches()).isTrue();
        try (StallingRelay relay = new StallingRelay(Integer.parseInt(url.group(2)), 4 << 20);
                ModelStore impatient = inTheEnd(() ->
                        ModelStore.open(StoreSettings.url(url.group(1) + relay.port() + url.group(3), "starling", "")
                                .withPool(1, 250)))) {
            assertThatThrownBy(() -> impatient.write(batch))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("cannot be reached: ")
                    .hasMessageNotContaining("Batch")
                    .satisfies(failure -> assertThat(Throwables.getStackTrace(failure))
                            .as("with causes, none of which repeats the model")
                            .hasSizeLessThan(50_000));
            relay.goOn();
            writeInTheEnd(impatient, batch);
            assertThat(impatient.recover(RUN, key)).isEqualTo(model);
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        StoreSettings missing = StoreSettings.url(settings.url() + "x", "starling", "");
        assertThatThrownBy(() -> ModelStore.open(missing))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such database");
    }
}
