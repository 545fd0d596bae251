package dev.starling.cli.models;

import dev.starling.base.SimTime;
import dev.starling.cli.ModelsLine;
import dev.starling.cli.ReplayerSource;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.Pipeline;
import dev.starling.store.PipelinePart;
import dev.starling.store.Recipe;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionMetrics;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.NewVersion;
import dev.starling.store.sql.Origin;
import dev.starling.store.sql.StoreSettings;
import dev.starling.store.sql.WriteBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * A run's directory with a store: two bases, and what devices 0 to 4 made of them in rounds 1 and 2. All models are functions of
 * their key. Device 4's version of round 2 is kept as a recipe.
 */
final class ModelsFixture {

    static final String RUN = "small-1";
    static final int DEVICES = 5;

    static final TensorLayout LAYOUT = new TensorLayout(List.of(
            new TensorSpec("0.dense.weight", List.of(6, 4)),
            new TensorSpec("0.dense.bias", List.of(6)),
            new TensorSpec("1.dense.weight", List.of(2, 6)),
            new TensorSpec("1.dense.bias", List.of(2))));

    private static final SimTime START = new SimTime(1_767_225_600_000L); // 2026-01-01T00:00:00Z
    private static final long HOUR = 3_600_000;

    final Path results;
    private ReplayerSource replayers = ReplayerSource.NONE;
    private ModelsLine.Result last = new ModelsLine.Result(0, "", "");

    ModelsFixture(Path directory) throws IOException {
        this.results = Files.createDirectories(directory.resolve(RUN));
        Files.writeString(results.resolve("scenario.conf"), "name = small\n");
        try (ModelStore store = open()) {
            write(store, RUN);
        }
    }

    static void write(ModelStore store, String run) {
        for (int round = 1; round <= 2; round++) {
            List<NewVersion> versions = new ArrayList<>();
            versions.add(NewVersion.snapshot(VersionKey.base(round - 1), base(round - 1), Origin.at(time(round - 1))));
            for (int device = 0; device < DEVICES; device++) {
                versions.add(version(device, round));
            }
            store.write(new WriteBatch(run, versions));
        }
        store.tag(run, VersionKey.of(3, 1), "release");
    }

    private static NewVersion version(int device, int round) {
        VersionKey key = VersionKey.of(device, round);
        VersionKey from = VersionKey.base(round - 1);
        Pipeline pipeline = Pipeline.EMPTY.with(PipelinePart.RECIPE, "learning-rate", round == 1 ? 0.1 : 0.05);
        Origin origin = Origin.at(time(round))
                .with(
                        new Recipe(round, round - 1, 40, time(round)),
                        new VersionMetrics(
                                100 + device,
                                1.0 / (1 + device),
                                40,
                                OptionalDouble.of(0.5),
                                OptionalDouble.of(0.6 + 0.05 * device)))
                .with(pipeline);
        return device == 4 && round == 2
                ? NewVersion.replay(key, personal(device, round), from, origin)
                : NewVersion.delta(key, personal(device, round), from, base(round - 1), origin);
    }

    private static SimTime time(int round) {
        return START.plusMillis(round * HOUR);
    }

    static Snapshot base(int version) {
        Random random = new Random(version);
        float[] values = new float[LAYOUT.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Snapshot.of(LAYOUT, values);
    }

    /** The base with its last layer changed. */
    static Snapshot personal(int device, int round) {
        float[] values = base(round - 1).toFloats();
        Random random = new Random(100L * device + round);
        for (int i = LAYOUT.offset(2); i < values.length; i++) {
            values[i] += (float) random.nextGaussian();
        }
        return Snapshot.of(LAYOUT, values);
    }

    ModelStore open() {
        return ModelStore.open(StoreSettings.directory(results.resolve("store")));
    }

    void with(ReplayerSource source) {
        replayers = source;
    }

    /** Runs {@code starling models} with {@code command}, the run's directory, and {@code arguments}. */
    int models(String command, String... arguments) {
        return on(results.toString(), command, arguments);
    }

    int on(String store, String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of("models", command, store));
        line.addAll(List.of(arguments));
        last = ModelsLine.run(replayers, line.toArray(String[]::new));
        return last.code();
    }

    String out() {
        return last.out();
    }

    String err() {
        return last.err();
    }
}
