package dev.starling.protocol;

import dev.starling.aggregate.Rejection;
import dev.starling.base.WireMessage;
import dev.starling.coordinator.RoundResults;
import dev.starling.device.BaseModels;
import dev.starling.device.Device;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunOutcome;
import dev.starling.store.ModelRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must hold after every event, whatever happens to messages and nodes. The first thing that does not is kept, and
 * ends the simulation.
 */
final class Invariants {

    /** One coordinator's view of the run. */
    static final class Session {
        private final String name;
        private int round;
        private int version;
        private final Map<Integer, Map<Integer, Double>> asked = new TreeMap<>();
        private Optional<RoundResults.Accounted> accounted = Optional.empty();

        Session(String name) {
            this.name = name;
        }
    }

    private final boolean synchronous;
    private final @Nullable Expected expected;
    private final Map<Integer, RoundRecord> committed = new TreeMap<>();
    private final Map<Integer, ModelRoot> bases = new TreeMap<>();
    private @Nullable Session session;
    private @Nullable String violation;
    private @Nullable RunOutcome outcome;

    /**
     * @param synchronous whether all reports of a round are from that round
     * @param expected how the run goes if nothing disturbs it; null if that is to be found out
     */
    Invariants(boolean synchronous, @Nullable Expected expected) {
        this.synchronous = synchronous;
        this.expected = expected;
    }

    /** What was violated first; null if all holds. */
    @Nullable
    String violation() {
        return violation;
    }

    void violated(String what) {
        if (violation == null) {
            violation = what;
        }
    }

    private void check(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            violated(otherwise.get());
        }
    }

    /** A coordinator begins, at the start of the run or behind {@code earlier} rounds. */
    void begins(String run) {
        session = new Session(run);
    }

    /** There is one coordinator at most. */
    void coordinators(int running) {
        check(running <= 1, () -> "there are %d coordinators".formatted(running));
    }

    /** Messages between nodes are of those that can be sent. */
    void crosses(Object message) {
        check(message instanceof WireMessage, () -> "%s crosses nodes and is no wire message".formatted(message));
        if (message instanceof BaseModels.Offer offer) {
            offered(offer.version(), offer.root());
        }
    }

    /** A base version is what it is, whoever offers it. */
    void offered(int version, ModelRoot root) {
        ModelRoot known = bases.putIfAbsent(version, root);
        check(
                known == null || known.equals(root),
                () -> "base version %d has root %s and root %s".formatted(version, known, root));
    }

    /** An actor takes up {@code message}. */
    void handled(Object message) {
        Session now = session;
        if (now == null) {
            return;
        }
        if (message instanceof Device.Train train && train.run().equals(now.name)) {
            int round = train.work().round();
            Double before = now.asked
                    .computeIfAbsent(round, first -> new TreeMap<>())
                    .putIfAbsent(train.device(), train.weight());
            check(
                    before == null || before == train.weight(),
                    () -> "device %d weighs %s and %s in round %d"
                            .formatted(train.device(), before, train.weight(), round));
        }
        RoundResults.in(message).ifPresent(accounted -> {
            check(now.accounted.isEmpty(), () -> "round %d is done twice".formatted(now.round + 1));
            now.accounted = Optional.of(accounted);
        });
    }

    /** A coordinator goes on behind rounds that were committed. */
    void resumed(List<RoundRecord> rounds) {
        rounds.forEach(round -> {
            check(
                    committed.containsKey(round.round()),
                    () -> "round %d is resumed, and was never committed".formatted(round.round()));
            recorded(round);
        });
    }

    /** A round is committed by the coordinator that there is: one that was followed has nothing to say any more. */
    void committed(String run, RoundRecord record) {
        Session now = session;
        if (now != null) {
            check(
                    now.name.equals(run),
                    () -> "round %d is committed by %s, which %s has followed"
                            .formatted(record.round(), run, now.name));
            accounted(now, record);
        }
        recorded(record);
    }

    /** Rounds follow each other, versions never go back, and what was told of a round once is told for ever. */
    private void recorded(RoundRecord record) {
        Session now = session;
        if (now == null) {
            violated("round " + record.round() + " is committed by nobody");
            return;
        }
        check(
                record.round() == now.round + 1,
                () -> "round %d is committed after round %d".formatted(record.round(), now.round));
        check(
                record.version() >= now.version,
                () -> "version %d comes after version %d".formatted(record.version(), now.version));
        now.round = record.round();
        now.version = record.version();
        RoundRecord timeless = Expected.timeless(record);
        RoundRecord before = committed.putIfAbsent(record.round(), timeless);
        check(
                before == null || before.equals(timeless),
                () -> "round %d was %s, is %s".formatted(record.round(), before, timeless));
        if (expected != null) {
            RoundRecord undisturbed = expected.rounds().get(record.round());
            check(
                    timeless.equals(undisturbed),
                    () -> "round %d must be %s, is %s".formatted(record.round(), undisturbed, timeless));
        }
    }

    /** Whoever was asked is in the sum once, or not counted for a reason. */
    private void accounted(Session now, RoundRecord record) {
        RoundResults.Accounted accounted = now.accounted.orElse(new RoundResults.Accounted(List.of(), List.of()));
        now.accounted = Optional.empty();
        Map<Integer, Double> asked = now.asked.getOrDefault(record.round(), Map.of());
        List<Integer> devices = Stream.concat(
                        accounted.counted().stream(),
                        accounted.rejected().stream().map(Rejection::device))
                .sorted()
                .toList();
        check(
                devices.equals(new ArrayList<>(asked.keySet())),
                () -> "round %d asked %s, counted or rejected %s".formatted(record.round(), asked.keySet(), devices));
        accounted
                .rejected()
                .forEach(rejection -> check(
                        !rejection.reason().isBlank(),
                        () -> "device %d is rejected for no reason".formatted(rejection.device())));
        check(
                record.reported() == accounted.counted().size()
                        && record.rejected() == accounted.rejected().size(),
                () -> "round %d says %d reported and %d rejected, its sum has %d and %d"
                        .formatted(
                                record.round(),
                                record.reported(),
                                record.rejected(),
                                accounted.counted().size(),
                                accounted.rejected().size()));
        check(
                !synchronous
                        || record.asked()
                                == record.reported() + record.rejected() + record.late() + record.droppedOut(),
                () -> "round %d asked %d devices, accounts for %s".formatted(record.round(), record.asked(), record));
        problemWithWeights(record.round(), asked, synchronous).ifPresent(this::violated);
    }

    /** Shares in the mean sum to one; age only takes from them. Nobody may be asked in a round. */
    static Optional<String> problemWithWeights(int round, Map<Integer, Double> asked, boolean synchronous) {
        double sum = asked.values().stream().mapToDouble(weight -> weight).sum();
        boolean right = synchronous ? Math.abs(sum - 1) < 1e-12 : sum > 0 && sum < 1 + 1e-12;
        return asked.isEmpty() || right
                ? Optional.empty()
                : Optional.of("weights of round " + round + " sum to " + sum);
    }

    /** The run is done. */
    void finished(RunOutcome ended) {
        outcome = ended;
        if (expected == null) {
            return;
        }
        check(
                ended.modelRoot().equals(expected.root()),
                () -> "root must be %s, is %s".formatted(expected.root(), ended.modelRoot()));
        check(
                committed.equals(expected.rounds()),
                () -> "rounds must be %s, are %s".formatted(expected.rounds(), committed));
        check(
                ended.devices().equals(expected.devices()),
                () -> "devices must be %s, are %s".formatted(expected.devices(), ended.devices()));
    }

    /** How the run ended; null if it did not. */
    @Nullable
    RunOutcome outcome() {
        return outcome;
    }

    Map<Integer, RoundRecord> rounds() {
        return committed;
    }
}
