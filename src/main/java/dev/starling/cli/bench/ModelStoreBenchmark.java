package dev.starling.cli.bench;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.model.Backend;
import dev.starling.model.Snapshot;
import dev.starling.store.Recipe;
import dev.starling.store.Replayer;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionMetrics;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.NewVersion;
import dev.starling.store.sql.Origin;
import dev.starling.store.sql.StoreSettings;
import dev.starling.store.sql.WriteBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the personal models of many devices, all of them really trained from one base, in a fresh store on disk, once in
 * each form; then recovers some of them in random order from the store opened again. Recoveries are verified, as all are.
 */
public final class ModelStoreBenchmark {

    /** What {@code --workload} calls it. */
    public static final String NAME = "model-store";

    private static final String RUN = "bench";
    private static final int BATCH = 1_000;
    private static final int MOST_RECOVERIES = 2_000;

    private final int versions;

    /**
     * One form.
     *
     * @param payloadBytes per model, encoded
     * @param diskBytes per model that the store's file grew by: with records, indexes and free space
     * @param savedPerSecond models, from the trained values to the end of their transaction, on one thread
     * @param trainingSeconds of all models, before that
     */
    public record Result(
            String form,
            int versions,
            double payloadBytes,
            double diskBytes,
            double bitsPerParameter,
            double savedPerSecond,
            double trainingSeconds,
            int recoveries,
            double recoveryMillisP50,
            double recoveryMillisP99) {}

    /**
     * All forms.
     *
     * @param houses whether the models were trained on the data set rather than on generated rows
     */
    public record Report(int parameters, boolean houses, List<Result> results) {
        public Report {
            results = List.copyOf(results);
        }
    }

    /** @param versions personal models to keep, at least 1 */
    public ModelStoreBenchmark(int versions) {
        this.versions = versions;
    }

    /** Trains, keeps and recovers; what is written goes to a temporary directory and is deleted again. */
    public Report measure() throws IOException {
        Backend.start();
        Path directory = Files.createTempDirectory("starling-bench");
        try {
            Houses houses = Houses.load(directory);
            try (PersonalModels models = new PersonalModels(houses.data())) {
                // A form's first thousand, in a store of its own, is for the compiler.
                List<Result> results = new ArrayList<>();
                for (KeptForm form : KeptForm.values()) {
                    measure(form, models, Math.min(versions, BATCH), directory.resolve("warm-up-" + form));
                    results.add(measure(form, models, versions, directory.resolve(form.name())));
                }
                return new Report(models.base().layout().count(), houses.real(), results);
            }
        } finally {
            delete(directory);
        }
    }

    private static Result measure(KeptForm form, PersonalModels models, int versions, Path directory) {
        Saving saving = new Saving(form, models);
        StoreSettings settings = StoreSettings.directory(directory);
        long empty;
        try (ModelStore store = ModelStore.open(settings)) {
            store.write(new WriteBatch(
                    RUN, List.of(NewVersion.snapshot(VersionKey.base(0), models.base(), Origin.at(new SimTime(0))))));
            empty = store.diskBytes();
            for (int from = 0; from < versions; from += BATCH) {
                saving.batch(store, from, Math.min(versions, from + BATCH));
            }
        }
        double[] millis;
        long disk;
        try (ModelStore store = ModelStore.open(settings.existing())) {
            disk = store.diskBytes() - empty;
            millis = recoveries(store, form, models, versions);
        }
        delete(directory);
        double bytes = (double) saving.bytes / versions;
        return new Result(
                form.label(),
                versions,
                bytes,
                (double) disk / versions,
                8 * bytes / models.base().layout().count(),
                versions / saving.seconds,
                saving.trainingSeconds,
                millis.length,
                millis[millis.length / 2],
                millis[Math.min(millis.length - 1, (int) (0.99 * millis.length))]);
    }

    /** Milliseconds of each recovery, ascending. */
    private static double[] recoveries(ModelStore store, KeptForm form, PersonalModels models, int versions) {
        Replayer replayer =
                (version, reference) -> form.trained(models, version.key().owner());
        int[] order = new Seeds(versions).of(Purpose.SHUFFLE).permutation(versions);
        double[] millis = new double[Math.min(versions, MOST_RECOVERIES)];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            store.recover(RUN, VersionKey.of(order[i], 1), Optional.of(replayer));
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return millis;
    }

    private static final class Saving {
        private final KeptForm form;
        private final PersonalModels models;
        private double seconds;
        private double trainingSeconds;
        private long bytes;

        private Saving(KeptForm form, PersonalModels models) {
            this.form = form;
            this.models = models;
        }

        private void batch(ModelStore store, int from, int to) {
            long start = System.nanoTime();
            List<Snapshot> trained = new ArrayList<>();
            for (int device = from; device < to; device++) {
                trained.add(form.trained(models, device));
            }
            long ready = System.nanoTime();
            List<NewVersion> batch = new ArrayList<>();
            for (int device = from; device < to; device++) {
                batch.add(form.version(models, device, trained.get(device - from), origin()));
            }
            WriteBatch all = new WriteBatch(RUN, batch);
            store.write(all);
            seconds += (System.nanoTime() - ready) / 1e9;
            trainingSeconds += (ready - start) / 1e9;
            bytes += all.bytes();
        }

        private Origin origin() {
            SimTime now = new SimTime(0);
            VersionMetrics metrics = new VersionMetrics(PersonalModels.SLICE, 0, models.steps());
            return Origin.at(now).with(new Recipe(1, 0, models.steps(), now, "personal"), metrics);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
