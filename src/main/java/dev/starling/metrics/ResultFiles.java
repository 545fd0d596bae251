package dev.starling.metrics;

import dev.starling.data.view.Skew;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a run leaves behind: {@code scenario.conf} and {@code run.json} at the start, a row of
 * {@code rounds.csv} with each round, of {@code fleet.csv} with each hour of fleet time, {@code model/base.npz}, {@code devices.csv} and last {@code summary.json} at
 * the end. A rehearsal leaves no model. Whoever finds a summary finds everything else complete.
 *
 * <p>A disk that cannot be written does not stop a run: it is logged, and {@link #failure} tells who asks at the end.
 */
public final class ResultFiles implements RunListener {

    private static final Logger LOG = LoggerFactory.getLogger(ResultFiles.class);

    private final Path directory;
    private final String scenarioText;
    private final RunManifest manifest;
    private final ModelWriter modelWriter;

    private RunTotals totals = RunTotals.NONE;
    private Map<String, RunManifest.Change> changes = Map.of();
    private int resumed;
    private double savingSeconds;
    private @Nullable RunInfo info;
    private @Nullable Skew skew;
    private KeptFigures kept = KeptFigures.NONE;
    private List<FailedDevices> unevaluated = List.of();
    private @Nullable RoundsCsv rounds;
    private @Nullable FleetCsv fleet;
    private volatile @Nullable String failure;

    /** Into {@code directory}, which exists. */
    public ResultFiles(Path directory, String scenarioText, RunManifest manifest, ModelWriter modelWriter) {
        this.directory = directory;
        this.scenarioText = scenarioText;
        this.manifest = manifest;
        this.modelWriter = modelWriter;
    }

    /** The run is taken up again with these settings changed, by key; to be said before it starts. */
    public void goesOnWith(Map<String, RunManifest.Change> changed) {
        changes = Map.copyOf(changed);
    }

    /** The first file that could not be written, and why. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void started(RunInfo started) {
        info = started;
        attempt("scenario.conf", file -> WholeFile.write(file, scenarioText));
        if (Files.exists(directory.resolve("run.json"))) {
            // It is taken up again: what it was begun by stays, and the rounds follow.
            if (!changes.isEmpty()) {
                attempt("run.json", file -> WholeFile.write(file, manifest.goesOn(Files.readString(file), changes)));
            }
            return;
        }
        attempt("run.json", file -> WholeFile.write(file, JsonFile.text(manifest.json(started))));
        attempt("rounds.csv", file -> rounds = new RoundsCsv(file, started.classification()));
        attempt("fleet.csv", file -> fleet = new FleetCsv(file));
    }

    /** The files of rounds are written again, whole, without what the lost rounds left in them. */
    @Override
    public void resumed(Resumed earlier) {
        RunInfo started = Objects.requireNonNull(info);
        resumed = earlier.times();
        attempt("summary.json", Files::deleteIfExists);
        closeRounds();
        attempt("rounds.csv", file -> {
            WholeFile.write(file, beside -> {
                try (RoundsCsv csv = new RoundsCsv(beside, started.classification())) {
                    for (RoundRecord round : earlier.rounds()) {
                        csv.append(round);
                    }
                }
            });
            rounds = RoundsCsv.goOn(file, started.classification());
        });
        attempt("fleet.csv", file -> {
            WholeFile.write(file, beside -> {
                try (FleetCsv csv = new FleetCsv(beside)) {
                    for (RoundRecord round : earlier.rounds()) {
                        csv.append(round.fleet().hours());
                    }
                }
            });
            fleet = FleetCsv.goOn(file);
        });
        for (RoundRecord round : earlier.rounds()) {
            totals = totals.plus(round);
        }
    }

    @Override
    public void skew(Skew measured) {
        skew = measured;
    }

    @Override
    public void unevaluated(List<FailedDevices> devices) {
        unevaluated = List.copyOf(devices);
    }

    @Override
    public void saving(double seconds) {
        savingSeconds = seconds;
    }

    @Override
    public void kept(KeptFigures figures) {
        kept = figures;
    }

    @Override
    public void phase(Phase phase) {}

    @Override
    public void progress(int round, int reported, int expected) {}

    @Override
    public void roundCommitted(RoundRecord round) {
        totals = totals.plus(round);
        RoundsCsv csv = rounds;
        if (csv != null) {
            attempt("rounds.csv", file -> csv.append(round));
        }
        FleetCsv hours = fleet;
        if (hours != null) {
            attempt("fleet.csv", file -> hours.append(round.fleet().hours()));
        }
    }

    @Override
    public void finished(RunOutcome outcome) {
        RunInfo started = info;
        if (started == null) {
            return; // It failed before there was anything to report on.
        }
        closeRounds();
        if (!started.rehearsed()) {
            attempt("model/base.npz", file -> {
                Files.createDirectories(file.getParent());
                WholeFile.write(file, beside -> modelWriter.write(beside, outcome.base()));
            });
        }
        outcome.severalBases()
                .forEach((name, base) -> attempt(
                        "model/base-" + name.replaceAll("[^A-Za-z0-9._-]", "-") + ".npz",
                        file -> WholeFile.write(file, beside -> modelWriter.write(beside, base))));
        attempt(
                "devices.csv",
                file -> WholeFile.write(
                        file, beside -> DevicesCsv.write(beside, outcome.devices(), started.classification())));
        attempt(
                "summary.json",
                file -> WholeFile.write(
                        file,
                        JsonFile.text(Summary.json(
                                started, totals, outcome, skew, kept, unevaluated, resumed, savingSeconds))));
    }

    private void closeRounds() {
        RoundsCsv csv = rounds;
        if (csv != null) {
            attempt("rounds.csv", file -> csv.close());
        }
        FleetCsv hours = fleet;
        if (hours != null) {
            attempt("fleet.csv", file -> hours.close());
        }
    }

    private void attempt(String name, WholeFile.Content content) {
        Path file = directory.resolve(name);
        try {
            content.writeTo(file);
        } catch (IOException e) {
            failed(file, e);
        } catch (UncheckedIOException e) {
            failed(file, e.getCause() == null ? e : e.getCause());
        }
    }

    private void failed(Path file, Exception e) {
        LOG.error("could not write {}", file, e);
        if (failure == null) {
            failure = "could not write " + file + ": " + e;
        }
    }
}
