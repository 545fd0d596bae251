package dev.starling.store.sql;

import dev.starling.base.SimTime;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.Recipe;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Measures a store, by hand: settings ({@code directory} or URL), versions, share of the values that change (1 all, 0
 * the last 33), inline/shared bytes, versions per batch, devices (each has versions ÷ devices rounds), fsck or not.
 */
final class StoreBench {

    private static final TensorLayout LAYOUT = new TensorLayout(List.of(
            new TensorSpec("0.dense.weight", List.of(32, 48)), new TensorSpec("2.dense.weight", List.of(1, 33))));

    private StoreBench() {}

    public static void main(String[] arguments) {
        StoreSettings settings = StoreSettings.of(arguments[0], "starling", "");
        int versions = Integer.parseInt(arguments[1]);
        boolean all = arguments[2].equals("1");
        int perBatch = Integer.parseInt(arguments[4]);
        int devices = Integer.parseInt(arguments[5]);
        long start = System.nanoTime();
        try (ModelStore store = ModelStore.open(settings, placement(arguments[3]))) {
            System.out.printf("open %.2f s%n", seconds(start));
            Snapshot base = SmallModels.model(LAYOUT, 1);
            store.write(new WriteBatch(
                    "bench", List.of(NewVersion.snapshot(VersionKey.base(0), base, Origin.at(new SimTime(0))))));
            double writing = 0;
            long payload = 0;
            for (int from = 0; from < versions; from += perBatch) {
                WriteBatch batch = batch(base, from, perBatch, devices, all);
                payload += batch.bytes();
                long begun = System.nanoTime();
                store.write(batch);
                writing += seconds(begun);
            }
            System.out.printf(
                    "save %d versions of %d bytes: %.0f per second, %.1f MB/s; disk %d bytes per version%n",
                    versions,
                    payload / versions,
                    versions / writing,
                    payload / writing / 1e6,
                    store.diskBytes() / versions);
            lists(store, devices);
            recoveries(store, versions, devices);
            if (arguments[6].equals("fsck")) {
                begunFsck(store);
            }
            start = System.nanoTime();
        }
        System.out.printf("close %.2f s%n", seconds(start));
        start = System.nanoTime();
        try (ModelStore store = ModelStore.open(settings)) {
            System.out.printf(
                    "open again %.2f s, %d runs; disk %d bytes per version after close%n",
                    seconds(start), store.runs().size(), store.diskBytes() / versions);
        }
    }

    private static Placement placement(String limits) {
        String[] parts = limits.split("/", -1);
        return new Placement(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    private static void begunFsck(ModelStore store) {
        long begun = System.nanoTime();
        FsckReport report = store.fsck(false, Optional.empty());
        System.out.printf("fsck %.1f s, %d verified, clean %s%n", seconds(begun), report.verified(), report.clean());
    }

    /** Device after device, round after round, as rounds of a run come in. */
    private static WriteBatch batch(Snapshot base, int from, int count, int devices, boolean all) {
        List<NewVersion> versions = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            int device = i % devices;
            int round = i / devices;
            versions.add(version(base, device, round, i, all));
        }
        return new WriteBatch("bench", versions);
    }

    private static NewVersion version(Snapshot base, int device, int round, int count, boolean all) {
        float[] values = base.toFloats();
        Random random = new Random(device + 1_000_003L * round);
        for (int i = all ? 0 : values.length - 33; i < values.length; i++) {
            values[i] = all ? random.nextFloat() : values[i] + 0.01f * random.nextFloat();
        }
        // Time and base rise, as in a run.
        SimTime time = new SimTime(1_000L * count);
        Origin origin = Origin.at(time)
                .with(new Recipe(1, count / 10_000, 40, time), new VersionMetrics(100, random.nextDouble(), 40));
        return NewVersion.delta(
                VersionKey.of(device, round), Snapshot.of(LAYOUT, values), VersionKey.base(0), base, origin);
    }

    private static void lists(ModelStore store, int versions) {
        VersionQuery page = VersionQuery.all().page(100, 0);
        time("list by base", () -> store.list("bench", page.between(VersionField.BASE, 13, 13)));
        time("list by loss, worst first", () -> store.list("bench", page.by(VersionField.LOSS, true)));
        time(
                "list loss > 0.9 of devices in the middle",
                () -> store.list(
                        "bench",
                        page.atLeast(VersionField.LOSS, 0.9)
                                .between(VersionField.DEVICE, versions / 3.0, versions / 2.0)));
        time(
                "list by time and size",
                () -> store.list(
                        "bench",
                        page.between(VersionField.CREATED, 1_000.0 * versions / 2, 1_000.0 * versions)
                                .atLeast(VersionField.BYTES, 1)));
        time("list by examples, none", () -> store.list("bench", page.atLeast(VersionField.EXAMPLES, 101)));
        time("count loss < 0.5", () -> store.count("bench", page.atMost(VersionField.LOSS, 0.5)));
        time("heads, the last page", () -> store.heads("bench", 100, versions - 100));
    }

    private static void time(String what, Runnable query) {
        long begun = System.nanoTime();
        query.run();
        double cold = seconds(begun);
        begun = System.nanoTime();
        query.run();
        System.out.printf("%s: %.1f ms, then %.1f ms%n", what, 1e3 * cold, 1e3 * seconds(begun));
    }

    private static void recoveries(ModelStore store, int versions, int devices) {
        Random random = new Random(5);
        double[] millis = new double[1_000];
        for (int i = 0; i < millis.length; i++) {
            long begun = System.nanoTime();
            int version = random.nextInt(versions);
            store.recover("bench", VersionKey.of(version % devices, version / devices));
            millis[i] = 1e3 * seconds(begun);
        }
        System.out.printf("recovery: first %.1f ms, ", millis[0]);
        Arrays.sort(millis);
        System.out.printf("p50 %.2f ms, p99 %.2f ms, most %.1f ms%n", millis[500], millis[990], millis[999]);
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
