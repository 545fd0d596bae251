package dev.starling.coordinator;

import dev.starling.base.InputException;
import dev.starling.model.TensorLayout;
import dev.starling.store.RecordLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a run has come, on disk, in {@code progress/} of its directory: {@code run.json} says which run it is,
 * {@code rounds.log} what each committed round brought, {@code state.bin} the bases and the server optimizer after one of
 * the last rounds. A run that was killed goes on from that round: it commits the rounds up to it again as they are in the
 * log, and trains those after it again, to the same bits.
 *
 * <p>Outcomes are appended before anybody is told of their round, the state is replaced as often as {@link SavePace}
 * allows. Once the files were let go, nothing is written any more: a process that was cut off may be about to save while it
 * ends, and another goes on as soon as it can. UncheckedIOException if the disk fails.
 */
public final class Journal {

    private static final String DIRECTORY = "progress";

    private final Path directory;
    private final Path state;
    private final RunIdentity identity;
    private final RecordLog open;
    private final List<RoundOutcome> earlier;
    private final SavePace pace;

    private Journal(Path directory, RunIdentity identity, RecordLog open, List<RoundOutcome> earlier, SavePace pace) {
        this.directory = directory;
        this.state = directory.resolve("state.bin");
        this.identity = identity;
        this.open = open;
        this.earlier = List.copyOf(earlier);
        this.pace = pace;
    }

    /** Of a run that begins; what is in {@code runDirectory} of an earlier one is overwritten. */
    public static Journal begin(Path runDirectory, RunIdentity identity, SavePace pace) {
        Path directory = runDirectory.resolve(DIRECTORY);
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(directory.resolve("state.bin"));
            RecordLog open = RecordLog.open(directory.resolve("rounds.log"), List.of());
            identity.write(runDirectory);
            return new Journal(directory, identity, open, List.of(), pace);
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    /**
     * Of the run in {@code runDirectory}, which goes on as {@code identity}. Rounds behind the saved state are cut off.
     *
     * @throws InputException if what is there is damaged
     */
    public static Journal resume(Path runDirectory, RunIdentity identity, SavePace pace) {
        return resume(runDirectory, identity, pace, Optional.empty(), () -> {});
    }

    /**
     * The same under other limits. A state that the run would not have passed through with them is given up: then it begins
     * anew.
     *
     * @param goesOn called when nothing speaks against it any more, before anything is written
     * @throws InputException if what is there is damaged, or the run cannot have these limits any more
     */
    public static Journal resume(
            Path runDirectory, RunIdentity identity, SavePace pace, Optional<Continuation> limits, Runnable goesOn) {
        Path directory = runDirectory.resolve(DIRECTORY);
        Path log = directory.resolve("rounds.log");
        try {
            int round = savedRound(directory.resolve("state.bin"));
            List<byte[]> records = RecordLog.read(log);
            if (records.size() < round) {
                throw new InputException(
                        log.toString(),
                        "is damaged: it must hold the " + round + " rounds that were done, only " + records.size()
                                + " can be read; the run must be started again");
            }
            List<RoundOutcome> saved = new ArrayList<>();
            for (byte[] record : records.subList(0, round)) {
                saved.add(OutcomeBytes.read(record));
            }
            int rounds = limits.map(change -> change.kept(runDirectory.toString(), saved))
                    .orElse(round);
            goesOn.run();
            if (rounds < round) {
                Files.delete(directory.resolve("state.bin"));
            }
            List<byte[]> kept = records.subList(0, rounds);
            List<RoundOutcome> earlier = saved.subList(0, rounds);
            RecordLog open = RecordLog.open(log, kept);
            identity.write(runDirectory);
            return new Journal(directory, identity, open, earlier, pace);
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    private static int savedRound(Path state) throws IOException {
        try {
            return Files.exists(state) ? StateFile.round(state) : 0;
        } catch (IOException e) {
            throw damaged(state, e);
        }
    }

    private static InputException damaged(Path state, IOException e) {
        return new InputException(
                state.toString(), "is damaged (" + e.getMessage() + "); the run must be started again");
    }

    private static UncheckedIOException failed(Path directory, IOException e) {
        return new UncheckedIOException("could not write down in " + directory + " how far the run is: " + e, e);
    }

    /** Of the run, absolute. */
    Path runDirectory() {
        return directory.resolveSibling("").toAbsolutePath();
    }

    /** Which run this is. */
    public RunIdentity identity() {
        return identity;
    }

    /** The rounds up to the saved state, in order. */
    List<RoundOutcome> earlier() {
        return earlier;
    }

    /** The state from which to go on; empty at the very beginning. InputException if it is damaged. */
    Optional<SavedState> saved(TensorLayout layout) {
        try {
            return Files.exists(state) ? Optional.of(StateFile.read(state, layout)) : Optional.empty();
        } catch (IOException e) {
            throw damaged(state, e);
        }
    }

    /** Notes a committed round. */
    synchronized void append(RoundOutcome outcome) {
        try {
            open.append(OutcomeBytes.of(outcome));
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    SavePace pace() {
        return pace;
    }

    /** Replaces the saved state; returns when it is on the disk, and the rounds up to it too. */
    synchronized void save(SavedState next) {
        try {
            open.force();
            StateFile.write(state, next);
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    /**
     * The run has done all that it should.
     *
     * @param mayGoOn whether it may be given more rounds from the state that was saved last; else that is deleted
     */
    public synchronized void finish(boolean mayGoOn) {
        try {
            open.close();
            if (!mayGoOn) {
                Files.deleteIfExists(state);
            }
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    /** Lets go of the files when what is being saved is on the disk; the run can be resumed. */
    public synchronized void close() {
        try {
            open.close();
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }
}
