package dev.starling.cli.models;

import dev.starling.cli.Figures;
import dev.starling.cli.ReplayerSource;
import dev.starling.model.Snapshot;
import dev.starling.store.ReplayNeededException;
import dev.starling.store.Replayer;
import dev.starling.store.StoreException;
import dev.starling.store.VersionRecord;
import dev.starling.store.sql.ModelStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** A store that is open, and the run in it that a command is about. */
final class OpenStore implements AutoCloseable {

    private final ModelStore store;
    private final String run;
    private final Optional<Path> results;
    private final ReplayerSource replayers;
    private Optional<Replayer> found = Optional.empty();
    private boolean asked;
    private int trained;

    OpenStore(ModelStore store, String run, Optional<Path> results, ReplayerSource replayers) {
        this.store = store;
        this.run = run;
        this.results = results;
        this.replayers = replayers;
    }

    ModelStore store() {
        return store;
    }

    String run() {
        return run;
    }

    Optional<Path> results() {
        return results;
    }

    /** The values of a version, verified. */
    Snapshot recover(VersionRecord version) {
        return store.recover(run, version.key(), replayer());
    }

    /** Finds out only when it is needed whether models can be trained again: that loads the run's data. */
    Optional<Replayer> replayer() {
        return Optional.of(new Found());
    }

    /** How many versions were trained again so far, and by whom; empty if none was. */
    synchronized Optional<String> trainedAgain() {
        return trained == 0
                ? Optional.empty()
                : found.map(replayer -> Figures.count(trained) + (trained == 1 ? " version" : " versions")
                        + " trained again " + replayer.who());
    }

    private final class Found implements Replayer {

        @Override
        public Snapshot replay(VersionRecord version, Snapshot reference) {
            synchronized (OpenStore.this) {
                Snapshot model = found(version).replay(version, reference);
                trained++;
                return model;
            }
        }

        @Override
        public OptionalLong dataBytes(VersionRecord version) {
            synchronized (OpenStore.this) {
                return found(version).dataBytes(version);
            }
        }
    }

    private Replayer found(VersionRecord version) {
        if (!asked) {
            found = results.flatMap(replayers::of);
            asked = true;
        }
        return found.orElseThrow(() -> new ReplayNeededException(run, version.key()));
    }

    @Override
    public synchronized void close() {
        store.close();
        // Whoever trains models again may have started a node for it.
        if (found.orElse(null) instanceof AutoCloseable started) {
            try {
                started.close();
            } catch (Exception e) {
                throw new StoreException("what trained models again could not be ended", e);
            }
        }
    }
}
