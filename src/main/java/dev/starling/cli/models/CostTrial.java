package dev.starling.cli.models;

import dev.starling.base.SimTime;
import dev.starling.store.Calibration;
import dev.starling.store.Rates;
import dev.starling.store.Replayer;
import dev.starling.store.VersionKey;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.NewVersion;
import dev.starling.store.sql.Origin;
import dev.starling.store.sql.ReadProbe;
import dev.starling.store.sql.StoreSettings;
import dev.starling.store.sql.WriteBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A store in a temporary directory, in which forms are tried on the sample: encoded, saved and recovered for real. */
final class CostTrial implements AutoCloseable {

    private static final int LARGE_BYTES = 1 << 20;
    private static final int SMALL_BYTES = 64;

    private final Path directory;
    private final ModelStore store;

    /**
     * One way to keep the sample, as it went.
     *
     * @param encodeSeconds of a version, on average
     * @param recoverSeconds of a version, on average
     */
    record Outcome(double encodeSeconds, double recoverSeconds) {}

    CostTrial() {
        try {
            this.directory = Files.createTempDirectory("starling-cost");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.store = ModelStore.open(StoreSettings.directory(directory));
    }

    /**
     * Rates of this machine and of a store like those of runs.
     *
     * @param trainingSeconds of an example; without it no replay may be asked for
     */
    Rates rates(CostSample sample, Optional<Double> trainingSeconds) {
        CostSample.Drawn first = sample.drawn().get(0);
        try (ReadProbe probe = store.readProbe(SMALL_BYTES, LARGE_BYTES)) {
            Rates measured = new Calibration(System::nanoTime)
                    .measure(first.model(), sample.base(first), probe, SMALL_BYTES, LARGE_BYTES, () -> 1);
            return new Rates(
                    measured.storeBytesPerSecond(),
                    measured.secondsPerRead(),
                    measured.encodeBytesPerSecond(),
                    measured.decodeBytesPerSecond(),
                    1 / trainingSeconds.orElse(1.0));
        }
    }

    /** Saves the sample with its bases and parents as run {@code name}, and recovers it, in an order that is not its own. */
    Outcome run(
            String name, CostSample sample, Function<CostSample.Drawn, NewVersion> form, Optional<Replayer> replayer) {
        List<NewVersion> bases = new ArrayList<>();
        sample.models().forEach((key, model) -> bases.add(NewVersion.snapshot(key, model, Origin.at(new SimTime(0)))));
        store.write(new WriteBatch(name, bases));
        List<NewVersion> versions = new ArrayList<>();
        double encoding = 0;
        for (CostSample.Drawn drawn : sample.drawn()) {
            long begun = System.nanoTime();
            versions.add(form.apply(drawn));
            encoding += seconds(begun);
        }
        List<NewVersion> parents = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            Optional<VersionKey> reference = versions.get(i).reference().filter(key -> !key.isBase());
            boolean sampled = reference.isPresent()
                    && versions.stream().anyMatch(other -> other.key().equals(reference.get()));
            if (reference.isPresent() && !sampled) {
                CostSample.Drawn drawn = sample.drawn().get(i);
                parents.add(CostForms.parent(drawn, sample));
            }
        }
        versions.addAll(parents);
        store.write(new WriteBatch(name, versions));
        double recovering = 0;
        int count = sample.drawn().size();
        for (int round = 0; round < 2; round++) {
            // The first round warms the code up; bases are at hand in both, as they are for a server.
            recovering = 0;
            for (int i = 0; i < count; i++) {
                VersionKey key =
                        sample.drawn().get((int) (i * 7919L % count)).record().key();
                long begun = System.nanoTime();
                store.recover(name, key, replayer);
                recovering += seconds(begun);
            }
        }
        return new Outcome(encoding / count, recovering / count);
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    @Override
    public void close() {
        store.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
