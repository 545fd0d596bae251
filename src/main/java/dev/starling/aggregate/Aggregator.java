package dev.starling.aggregate;

import dev.starling.base.Bytes;
import dev.starling.base.Causes;
import dev.starling.base.Ids;
import dev.starling.base.WireMessage;
import dev.starling.metrics.KeptFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The node's end of the sum: tells the coordinator in batches whose deltas are in, and hands over the node's one
 * partial sum when asked, or unasked if it knows whom to wait for.
 *
 * <p>Devices fold on their own training threads, into {@link Folds}; this actor only learns that they did. Counting
 * until {@link Close}, or until all that {@link Expect} told of are in; then, as soon as what the round made has found room
 * to be kept, the sum is frozen and served in chunks until the first word of the next round.
 */
public final class Aggregator extends AbstractBehavior<Aggregator.Command> {

    /** How long a device that is in waits for others that are at work, so that one message tells of all; a tick or two more. */
    private static final Duration HOLD = Duration.ofMillis(100);

    /** Chunks that are made and sent in one go at most. */
    private static final int MOST_AHEAD = 64;

    /** More do not wait: the coordinator has a window of tasks to fill. */
    private static final int MOST_HELD = 64;

    public sealed interface Command {}

    /** A device's delta is in the fold, or was rejected there. Local. */
    public record Folded(RoundKey round, int device) implements Command {}

    /** Who wants to know whose deltas are in. */
    public record ReportTo(ActorRef<Report> coordinator) implements Command, WireMessage {}

    /** Freeze the sum of this round, say what is in it, and send its first {@code ahead} chunks of {@code chunk} values. */
    public record Close(RoundKey round, int chunk, int ahead, ActorRef<Reply> replyTo) implements Command, WireMessage {
        public Close {
            if (chunk < 1) {
                throw new IllegalArgumentException("a chunk must have at least 1 value, got " + chunk);
            }
            if (ahead < 0 || ahead > MOST_AHEAD) {
                throw new IllegalArgumentException("0 to " + MOST_AHEAD + " chunks can be sent unasked, got " + ahead);
            }
        }
    }

    /** Do what {@code close} asks as soon as exactly these devices have worked for its round, without being asked again. */
    public record Expect(Ids devices, Close close) implements Command, WireMessage {}

    /** Send {@code count} values of the frozen sum from {@code from}. */
    public record Pull(RoundKey round, int from, int count, ActorRef<Reply> replyTo) implements Command, WireMessage {}

    /**
     * Have everything that the node keeps of the run so far written down, and say when that is done.
     *
     * @param patient whether a store that is away is waited for; if not, the answer is that it is
     */
    public record Settle(boolean patient, ActorRef<Settled> replyTo) implements Command, WireMessage {}

    private record Flush() implements Command {}

    private record IsSettled(ActorRef<Settled> replyTo, Settled answer) implements Command {}

    private record Roomy(RoundKey round, String problem) implements Command {}

    /** What the coordinator is told unasked. */
    public sealed interface Report extends WireMessage {}

    /** What was made on {@code node} can never be written down. */
    public record Stuck(String node, String problem) implements Report {}

    /** These devices' deltas are on {@code node} (or were rejected there). Of others the sum tells that goes out unasked. */
    public record Arrived(String node, RoundKey round, Ids devices) implements Report {}

    public sealed interface Reply extends WireMessage {
        String node();

        RoundKey round();
    }

    /** The node's frozen sum: what is in it, and how many values there are to pull (0 if nothing was counted). */
    public record Closed(String node, RoundKey round, FoldTotals totals, int values) implements Reply {}

    /** Fixed-point values {@code from …} of the node's sum, as {@link ExactSum#bytes} gives them. */
    public record Chunk(String node, RoundKey round, int from, Bytes values) implements Reply {}

    /**
     * The node has written everything down.
     *
     * @param away whether it has not, as its store is away
     * @param kept what it wrote; nothing if nobody was patient
     * @param problem why that will never be possible; empty if it was
     */
    public record Settled(String node, boolean away, KeptFigures kept, String problem) implements WireMessage {}

    /** For a node that keeps nothing. */
    public static Behavior<Command> create(String node, Folds folds) {
        return create(node, folds, RoundEnds.NONE);
    }

    public static Behavior<Command> create(String node, Folds folds, RoundEnds ends) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Aggregator(context, timers, node, folds, ends)));
    }

    private final TimerScheduler<Command> timers;
    private final String node;
    private final Folds folds;
    private final RoundEnds ends;
    private final List<Integer> unreported = new ArrayList<>();

    /** Devices in the sum that went out unasked, as far as they have not been heard of since. */
    private final Set<Integer> toldBySum = new HashSet<>();

    /** Devices of the running round that have been heard of. */
    private final Set<Integer> heard = new HashSet<>();

    private @Nullable ActorRef<Report> coordinator;
    private RoundKey round = new RoundKey(0, 0);
    private boolean flushing;
    private @Nullable PartialSum frozen;

    /** Who is answered when there is room. */
    private Optional<Close> closing = Optional.empty();

    /** Whom the running round is closed after, if that is known. */
    private Optional<Expect> expected = Optional.empty();

    /** Who will be answered when everything is written down. */
    private final Set<ActorRef<Settled>> settling = new HashSet<>();

    private Aggregator(
            ActorContext<Command> context, TimerScheduler<Command> timers, String node, Folds folds, RoundEnds ends) {
        super(context);
        this.timers = timers;
        this.node = node;
        this.folds = folds;
        this.ends = ends;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Folded.class, this::onFolded)
                .onMessage(ReportTo.class, this::onReportTo)
                .onMessage(Flush.class, this::onFlush)
                .onMessage(Close.class, this::onClose)
                .onMessage(Expect.class, this::onExpect)
                .onMessage(Pull.class, this::onPull)
                .onMessage(Settle.class, this::onSettle)
                .onMessage(IsSettled.class, this::onSettled)
                .onMessage(Roomy.class, this::onRoomy)
                .build();
    }

    private Behavior<Command> onFolded(Folded folded) {
        if (folded.round().isBefore(round)) {
            return this;
        }
        takeUp(folded.round());
        heard.add(folded.device());
        if (toldBySum.remove(folded.device())) {
            return this;
        }
        unreported.add(folded.device());
        if (allAreIn()) {
            closeAsExpected();
        } else if (unreported.size() < MOST_HELD && othersWork()) {
            if (!timers.isTimerActive(Flush.class)) {
                timers.startSingleTimer(Flush.class, new Flush(), HOLD);
            }
        } else if (!flushing) {
            // What else is in the mailbox by now joins the same batch.
            flushing = true;
            getContext().getSelf().tell(new Flush());
        }
        return this;
    }

    /** What belongs to an earlier round counts no more. */
    private void takeUp(RoundKey now) {
        if (!now.equals(round)) {
            round = now;
            unreported.clear();
            heard.clear();
            toldBySum.clear();
            frozen = null;
            closing = Optional.empty();
            expected = Optional.empty();
        }
    }

    private boolean othersWork() {
        RoundFold fold = folds.of(round);
        return fold != null && fold.isAtWork();
    }

    private Behavior<Command> onExpect(Expect expect) {
        RoundKey next = expect.close().round();
        if (!next.isBefore(round)) {
            takeUp(next);
            expected = Optional.of(expect);
            if (allAreIn()) {
                closeAsExpected();
            }
        }
        return this;
    }

    private boolean allAreIn() {
        if (expected.isEmpty()) {
            return false;
        }
        RoundFold fold = folds.of(round);
        return fold != null && fold.isDoneBy(expected.get().devices());
    }

    /** The sum says who is in it; only where it must wait for room they are told of before. */
    private void closeAsExpected() {
        Set<Integer> inSum = expected.map(expect -> expect.devices().toSet()).orElse(Set.of());
        expected.map(Expect::close).ifPresent(this::onClose);
        if (closing.isEmpty()) {
            unreported.removeAll(inSum);
            toldBySum.addAll(inSum);
            toldBySum.removeAll(heard);
        }
        onFlush(new Flush());
    }

    private Behavior<Command> onReportTo(ReportTo reportTo) {
        coordinator = reportTo.coordinator();
        return onFlush(new Flush());
    }

    private Behavior<Command> onFlush(Flush flush) {
        flushing = false;
        timers.cancel(Flush.class);
        if (coordinator != null && !unreported.isEmpty()) {
            coordinator.tell(new Arrived(node, round, Ids.of(unreported)));
            unreported.clear();
        }
        return this;
    }

    private Behavior<Command> onClose(Close close) {
        if (close.round().isBefore(round)) {
            return this;
        }
        expected = Optional.empty();
        if (frozen == null || !close.round().equals(round)) {
            takeUp(close.round());
            RoundFold fold = folds.of(round);
            if (fold == null) {
                return this;
            }
            frozen = fold.close();
            waitForRoom();
        }
        if (closing.isPresent()) {
            closing = Optional.of(close);
        } else {
            serve(close);
        }
        return this;
    }

    /** A round that made more than can be kept just now is over when there is room again. */
    private void waitForRoom() {
        CompletableFuture<Void> room = ends.roundClosed();
        if (room.isDone() && !room.isCompletedExceptionally()) {
            closing = Optional.empty();
            return;
        }
        RoundKey closed = round;
        closing = Optional.of(new Close(closed, 1, 0, getContext().getSystem().ignoreRef()));
        getContext()
                .pipeToSelf(
                        room, (done, failure) -> new Roomy(closed, failure == null ? "" : Causes.sentence(failure)));
    }

    private Behavior<Command> onRoomy(Roomy roomy) {
        if (!roomy.problem().isEmpty() && coordinator != null) {
            coordinator.tell(new Stuck(node, roomy.problem()));
        } else if (roomy.round().equals(round)) {
            closing.ifPresent(this::serve);
            closing = Optional.empty();
        }
        return this;
    }

    private void serve(Close close) {
        if (frozen == null || !close.round().equals(round)) {
            return;
        }
        FoldTotals totals = frozen.totals();
        int values = totals.devices().isEmpty() ? 0 : frozen.sum().count();
        // Sent in one go: each time that a connection wakes up costs more than most messages.
        List<Reply> replies = new ArrayList<>();
        replies.add(new Closed(node, round, totals, values));
        long ahead = Math.min(values, (long) close.ahead() * close.chunk());
        for (long from = 0; from < ahead; from += close.chunk()) {
            int count = (int) Math.min(close.chunk(), values - from);
            replies.add(chunk(frozen.sum(), (int) from, count, close.replyTo()));
        }
        replies.forEach(close.replyTo()::tell);
    }

    private Behavior<Command> onSettle(Settle settle) {
        if (!settling.add(settle.replyTo())) {
            return this;
        }
        if (settle.patient()) {
            settle(settle.replyTo(), ends.settled(), kept -> new Settled(node, false, kept, ""));
        } else {
            settle(settle.replyTo(), ends.written(), done -> new Settled(node, !done, KeptFigures.NONE, ""));
        }
        return this;
    }

    private <T> void settle(ActorRef<Settled> replyTo, CompletableFuture<T> done, Function<T, Settled> answer) {
        getContext()
                .pipeToSelf(
                        done,
                        (result, failure) -> new IsSettled(
                                replyTo,
                                failure == null
                                        ? answer.apply(result)
                                        : new Settled(node, false, KeptFigures.NONE, Causes.sentence(failure))));
    }

    private Behavior<Command> onSettled(IsSettled settled) {
        settling.remove(settled.replyTo());
        settled.replyTo().tell(settled.answer());
        return this;
    }

    private Behavior<Command> onPull(Pull pull) {
        if (frozen != null && pull.round().equals(round)) {
            pull.replyTo().tell(chunk(frozen.sum(), pull.from(), pull.count(), pull.replyTo()));
        }
        return this;
    }

    private Chunk chunk(ExactSum sum, int from, int count, ActorRef<Reply> to) {
        boolean far = to.path().address().hasGlobalScope();
        return new Chunk(node, round, from, far ? sum.bytes(from, count) : sum.plainBytes(from, count));
    }
}
