package dev.starling.store.sql;

import dev.starling.model.Snapshot;
import dev.starling.store.ModelRoot;
import dev.starling.store.Replayer;
import dev.starling.store.UnknownVersionException;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import dev.starling.store.backup.Ancestor;
import dev.starling.store.backup.BackupParts;
import dev.starling.store.backup.BackupRefusedException;
import dev.starling.store.backup.BackupRefusedException.Reason;
import dev.starling.store.backup.DeviceState;
import dev.starling.store.backup.Manifest;
import dev.starling.store.backup.ModelBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes backups of what a run in a store has, and brings them back into it. */
public final class StoreBackup {

    private final ModelStore store;
    private final String run;

    public StoreBackup(ModelStore store, String run) {
        this.store = store;
        this.run = run;
    }

    /**
     * What a restore does.
     *
     * @param key under which the model is kept
     * @param written empty if the device has this very model already
     */
    public record Restore(VersionKey key, Snapshot model, List<NewVersion> written) {
        public Restore {
            written = List.copyOf(written);
        }
    }

    /**
     * A backup of a version, with its lineage and pipeline.
     *
     * @throws UnknownVersionException if it is not there
     */
    public ModelBackup backup(VersionKey key, boolean embedBase, Optional<Replayer> replayer) {
        return backup(key, embedBase, replayer, DeviceState.NONE);
    }

    /**
     * As above, with what the device holds beside the values.
     *
     * @param device taken where the store itself keeps none, as it does of versions that were restored
     */
    public ModelBackup backup(VersionKey key, boolean embedBase, Optional<Replayer> replayer, DeviceState device) {
        VersionRecord version = store.find(run, key).orElseThrow(() -> new UnknownVersionException(run, key, ""));
        List<VersionRecord> line = line(version);
        Optional<ModelBackup.BaseModel> base = line.stream()
                .map(VersionRecord::key)
                .filter(other -> other.isBase() && !other.equals(key))
                .findFirst()
                .map(found -> new ModelBackup.BaseModel(found, store.recover(run, found, replayer)));
        Snapshot model = store.recover(run, key, replayer);
        DeviceState state = store.deviceState(run, key)
                .map(kept -> DeviceState.decode(kept, model.layout()))
                .orElse(device);
        BackupParts parts = BackupParts.of(
                state,
                line.stream().map(StoreBackup::ancestor).toList(),
                version.pipeline().flatMap(store::pipeline));
        return ModelBackup.of(run, key, version.created(), model, base, embedBase, parts);
    }

    /** {@code version}, then what each one was made from: what it refers to or else the base that its recipe names. */
    private List<VersionRecord> line(VersionRecord version) {
        List<VersionRecord> line = new ArrayList<>(List.of(version));
        Optional<VersionRecord> next = before(version);
        while (next.isPresent()) {
            line.add(next.get());
            next = before(next.get());
        }
        return line;
    }

    private Optional<VersionRecord> before(VersionRecord version) {
        return version.reference()
                .or(() -> version.recipe()
                        .filter(made -> !version.key().isBase() && made.base() >= 0)
                        .map(made -> VersionKey.base(made.base())))
                .flatMap(key -> store.find(run, key));
    }

    private static Ancestor ancestor(VersionRecord version) {
        return new Ancestor(version.key(), version.root(), version.created(), version.recipe(), version.metrics());
    }

    /**
     * What {@link #install} would write: everything is recovered and verified here, and nothing is changed.
     *
     * @param device who gets the model; empty for the device it was of
     * @param force whether a device that has a model gets this one as its latest
     * @throws BackupRefusedException with the reason
     */
    public Restore plan(ModelBackup backup, Optional<Integer> device, boolean force, Optional<Replayer> replayer) {
        Manifest manifest = backup.manifest();
        Snapshot model = backup.recover(base -> stored(base, replayer));
        VersionKey wanted =
                device.isPresent() ? VersionKey.of(device.get(), manifest.key().sequence()) : manifest.key();
        Optional<VersionRecord> latest = store.at(run, wanted.owner(), VersionKey.MAX_SEQUENCE);
        if (latest.isPresent() && latest.get().root().equals(manifest.root())) {
            return new Restore(latest.get().key(), model, List.of());
        }
        if (latest.isPresent() && (!force || wanted.isBase())) {
            throw new BackupRefusedException(
                    Reason.TAKEN,
                    (wanted.isBase() ? "the base" : "device " + wanted.owner()) + " has a model in run " + run + ", "
                            + latest.get().key()
                            + (wanted.isBase() ? "" : "; choose another device, or --force to put this one on top"));
        }
        VersionKey key = latest.map(last -> new VersionKey(
                        wanted.owner(), Math.max(wanted.sequence(), last.key().sequence() + 1)))
                .orElse(wanted);
        return new Restore(key, model, versions(backup, key, model, replayer));
    }

    /** Writes a plan, all of it or nothing. */
    public void install(Restore restore) {
        if (!restore.written().isEmpty()) {
            store.write(new WriteBatch(run, restore.written()));
        }
    }

    private List<NewVersion> versions(ModelBackup backup, VersionKey key, Snapshot model, Optional<Replayer> replayer) {
        Manifest manifest = backup.manifest();
        Origin origin = origin(backup);
        if (manifest.base().isEmpty() || key.isBase()) {
            return List.of(NewVersion.snapshot(key, model, origin));
        }
        Manifest.Base base = manifest.base().get();
        Optional<VersionKey> there = find(run, base.root());
        if (there.isPresent()) {
            Snapshot against = store.recover(run, there.get(), replayer);
            return List.of(NewVersion.delta(key, model, there.get(), against, origin));
        }
        Optional<Snapshot> embedded = backup.embedded();
        if (embedded.isPresent() && store.find(run, base.key()).isEmpty()) {
            // The base comes along under its own number, which is free.
            return List.of(
                    NewVersion.snapshot(base.key(), embedded.get(), Origin.at(manifest.created())),
                    NewVersion.delta(key, model, base.key(), embedded.get(), origin));
        }
        return List.of(NewVersion.snapshot(key, model, origin));
    }

    private static Origin origin(ModelBackup backup) {
        Origin origin = Origin.at(backup.manifest().created()).tagged("restored");
        Optional<Ancestor> made = backup.parts().lineage().stream().findFirst();
        if (made.isPresent()) {
            origin = new Origin(
                    origin.created(),
                    made.get().recipe(),
                    origin.pipeline(),
                    made.get().metrics(),
                    Set.of("restored"));
        }
        DeviceState state = backup.parts().state();
        origin = state.isEmpty() ? origin : origin.with(state.encode());
        return backup.parts().pipeline().map(origin::with).orElse(origin);
    }

    /** The values of a base with this root, of this run or another one in the store. */
    private Optional<Snapshot> stored(Manifest.Base base, Optional<Replayer> replayer) {
        List<String> runs = new ArrayList<>(List.of(run));
        store.runs().stream().filter(other -> !other.equals(run)).forEach(runs::add);
        for (String other : runs) {
            Optional<VersionKey> found = find(other, base.root());
            if (found.isPresent()) {
                return Optional.of(store.recover(other, found.get(), replayer));
            }
        }
        return Optional.empty();
    }

    private Optional<VersionKey> find(String inRun, ModelRoot root) {
        VersionQuery bases = VersionQuery.all().between(VersionField.DEVICE, VersionKey.BASE, VersionKey.BASE);
        return store.list(inRun, bases).stream()
                .filter(version -> version.root().equals(root))
                .map(VersionRecord::key)
                .findFirst();
    }
}
