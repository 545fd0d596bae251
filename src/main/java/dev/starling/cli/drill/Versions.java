package dev.starling.cli.drill;

import dev.starling.cli.processes.ProcessFailure;
import dev.starling.store.ModelRoot;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import dev.starling.store.sql.FsckReport;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.StoreSettings;
import dev.starling.store.sql.VersionQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The versions that a run has kept. */
record Versions(Map<VersionKey, ModelRoot> roots) {

    Versions {
        roots = Map.copyOf(roots);
    }

    /** Of the only run in a store; throws ProcessFailure if anything in the store is damaged. */
    static Versions in(StoreSettings place) {
        try (ModelStore store = ModelStore.open(place.existing())) {
            List<FsckReport.Problem> problems =
                    store.fsck(false, Optional.empty()).problems();
            if (!problems.isEmpty()) {
                throw new ProcessFailure("the store is damaged: " + problems.get(0));
            }
            Map<VersionKey, ModelRoot> roots = new TreeMap<>();
            for (String run : store.runs()) {
                for (VersionRecord version : store.list(run, VersionQuery.all())) {
                    roots.put(version.key(), version.root());
                }
            }
            return new Versions(roots);
        }
    }

    /** Throws ProcessFailure unless these are the versions that the run without any fault has kept. */
    void requireSame(Stage stage) {
        Versions expected =
                in(StoreSettings.directory(stage.undisturbedFiles().directory().resolve("store")));
        if (!equals(expected)) {
            throw new ProcessFailure("the store has other versions than it should: " + roots.size() + ", not "
                    + expected.roots.size() + ", or with other roots");
        }
        stage.say(roots.size() + " versions are kept, all with the roots that they should have");
    }
}
