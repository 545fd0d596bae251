package dev.starling.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.aggregate.Aggregator.Arrived;
import dev.starling.aggregate.Aggregator.Chunk;
import dev.starling.aggregate.Aggregator.Close;
import dev.starling.aggregate.Aggregator.Closed;
import dev.starling.aggregate.Aggregator.Command;
import dev.starling.aggregate.Aggregator.Folded;
import dev.starling.aggregate.Aggregator.Pull;
import dev.starling.aggregate.Aggregator.Reply;
import dev.starling.aggregate.Aggregator.ReportTo;
import dev.starling.aggregate.Aggregator.Settle;
import dev.starling.aggregate.Aggregator.Settled;
import dev.starling.base.Ids;
import dev.starling.metrics.KeptFigures;
import dev.starling.model.LocalResult;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AggregatorTest {

    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(KIT.system());
    private static final Duration HELD = Duration.ofMillis(100);
    private static final RoundKey ONE = new RoundKey(1, 1);
    private static final RoundKey TWO = new RoundKey(2, 1);

    private final Folds folds = new Folds(() -> new RoundFold(2, 1));
    private final ActorRef<Command> aggregator = KIT.spawn(Aggregator.create("node", folds));
    private final TestProbe<Aggregator.Report> coordinator = KIT.createTestProbe();
    private final TestProbe<Reply> replies = KIT.createTestProbe();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private void fold(RoundKey round, int device) {
        foldOnly(round, device);
        aggregator.tell(new Folded(round, device));
    }

    private void foldOnly(RoundKey round, int device) {
        FoldResult result = Objects.requireNonNull(folds.of(round))
                .foldGradient(device, 1.0 / 32, FloatBuffer.wrap(new float[] {32, 64}), new LocalResult(1, 10, 5, 0));
        assertThat(result).isInstanceOf(FoldResult.Counted.class);
    }

    /** Waits until {@code actor} has handled what came before, and what it told itself of that. */
    private static void hasHandledAll(ActorRef<Command> actor) {
        TestProbe<Settled> answer = KIT.createTestProbe();
        actor.tell(new Settle(false, answer.getRef()));
        answer.receiveMessage();
    }

    private void nothingComesTo(TestProbe<?> probe) {
        nothingComesTo(probe, aggregator);
    }

    private static void nothingComesTo(TestProbe<?> probe, ActorRef<Command> from) {
        hasHandledAll(from);
        probe.expectNoMessage(Duration.ZERO);
    }

    private List<Integer> arrived(RoundKey round, int count) {
        List<Integer> devices = new ArrayList<>();
        while (devices.size() < count) {
            Arrived arrived = (Arrived) coordinator.receiveMessage();
            assertThat(arrived.node()).isEqualTo("node");
            assertThat(arrived.round()).isEqualTo(round);
            Ids ids = arrived.devices();
            ids.forEach(devices::add);
        }
        return devices;
    }

    @Test
    void tellsWhoIsInAlsoThoseBeforeItKnewWhom() {
        fold(ONE, 3);
        aggregator.tell(new ReportTo(coordinator.getRef()));
        fold(ONE, 4);
        fold(ONE, 5);
        assertThat(arrived(ONE, 3)).containsExactly(3, 4, 5);
        nothingComesTo(coordinator);
    }

    @Test
    void whoIsInWaitsForOthersAtWorkSoThatOneMessageTellsOfAll() {
        aggregator.tell(new ReportTo(coordinator.getRef()));
        RoundFold fold = Objects.requireNonNull(folds.of(ONE));
        fold.workBegins();
        fold(ONE, 3);
        fold(ONE, 4);
        nothingComesTo(coordinator);
        fold.workEnds();
        fold(ONE, 5);
        assertThat(((Arrived) coordinator.receiveMessage()).devices()).isEqualTo(Ids.of(List.of(3, 4, 5)));
        TIME.timePasses(HELD);
        nothingComesTo(coordinator);
    }

    @Test
    void nobodyWaitsForLongNorDoMany() {
        aggregator.tell(new ReportTo(coordinator.getRef()));
        Objects.requireNonNull(folds.of(ONE)).workBegins();
        fold(ONE, 1);
        nothingComesTo(coordinator);
        TIME.timePasses(HELD);
        assertThat(arrived(ONE, 1)).containsExactly(1);
        for (int device = 2; device <= 65; device++) {
            fold(ONE, device);
        }
        assertThat(arrived(ONE, 64)).hasSize(64);
    }

    @Test
    void aDeviceOfAnEarlierRoundIsNotReported() {
        aggregator.tell(new ReportTo(coordinator.getRef()));
        fold(TWO, 3);
        aggregator.tell(new Folded(ONE, 9));
        fold(TWO, 4);
        assertThat(arrived(TWO, 2)).containsExactly(3, 4);
    }

    @Test
    void theFrozenSumIsServedInChunksAndStaysTheSame() {
        fold(ONE, 3);
        fold(ONE, 4);
        for (int i = 0; i < 2; i++) {
            aggregator.tell(new Close(ONE, 1, 0, replies.getRef()));
            Closed closed = replies.expectMessageClass(Closed.class);
            assertThat(closed.totals().devices()).containsExactly(3, 4);
            assertThat(closed.values()).isEqualTo(2);
            aggregator.tell(new Pull(ONE, 1, 1, replies.getRef()));
            Chunk chunk = replies.expectMessageClass(Chunk.class);
            ExactSum sum = new ExactSum(1);
            sum.addBytes(0, 1, chunk.values());
            assertThat(sum.toDelta().get(0)).isEqualTo(4);
        }
        assertThat(Objects.requireNonNull(folds.of(ONE))
                        .foldGradient(5, 0.5, FloatBuffer.allocate(2), new LocalResult(1, 1, 0, 0)))
                .isInstanceOf(FoldResult.Closed.class);
    }

    @Test
    void theFirstChunksComeWithTheAnswer() {
        fold(ONE, 3);
        aggregator.tell(new Close(ONE, 1, 1, replies.getRef()));
        replies.expectMessageClass(Closed.class);
        assertThat(replies.expectMessageClass(Chunk.class).from()).isZero();
        aggregator.tell(new Close(ONE, 1, 8, replies.getRef()));
        replies.expectMessageClass(Closed.class);
        assertThat(replies.expectMessageClass(Chunk.class).from()).isZero();
        assertThat(replies.expectMessageClass(Chunk.class).from()).isEqualTo(1);
        aggregator.tell(new Pull(ONE, 1, 1, replies.getRef()));
        assertThat(replies.expectMessageClass(Chunk.class).from()).isEqualTo(1);
        nothingComesTo(replies);
    }

    @Test
    void aNodeOnWhichNobodyWorkedHasAnEmptySum() {
        aggregator.tell(new Close(ONE, 1, 0, replies.getRef()));
        Closed closed = replies.expectMessageClass(Closed.class);
        assertThat(closed.totals()).isEqualTo(FoldTotals.NONE);
        assertThat(closed.values()).isZero();
    }

    @Test
    void anEarlierRoundIsNeitherClosedNorServed() {
        fold(TWO, 3);
        aggregator.tell(new Close(ONE, 1, 0, replies.getRef()));
        aggregator.tell(new Pull(ONE, 0, 2, replies.getRef()));
        aggregator.tell(new Close(TWO, 1, 0, replies.getRef()));
        assertThat(replies.receiveMessage().round()).isEqualTo(TWO);
    }

    private static RoundEnds ends(CompletableFuture<Void> room) {
        return ends(room, CompletableFuture.completedFuture(true));
    }

    private static RoundEnds ends(CompletableFuture<Void> room, CompletableFuture<Boolean> written) {
        return new RoundEnds() {
            @Override
            public CompletableFuture<Void> roundClosed() {
                return room;
            }

            @Override
            public CompletableFuture<Boolean> written() {
                return written;
            }

            @Override
            public CompletableFuture<KeptFigures> settled() {
                return room.thenApply(done -> KeptFigures.NONE);
            }
        };
    }

    @Test
    void onlyWhoIsPatientWaitsForAStoreThatIsAway() {
        CompletableFuture<Void> back = new CompletableFuture<>();
        CompletableFuture<Boolean> away = CompletableFuture.completedFuture(false);
        ActorRef<Command> cutOff = KIT.spawn(Aggregator.create("node", folds, ends(back, away)));
        TestProbe<Settled> run = KIT.createTestProbe();
        TestProbe<Settled> end = KIT.createTestProbe();
        cutOff.tell(new Settle(true, end.getRef()));
        cutOff.tell(new Settle(true, end.getRef()));
        cutOff.tell(new Settle(false, run.getRef()));
        assertThat(run.receiveMessage()).isEqualTo(new Settled("node", true, KeptFigures.NONE, ""));
        end.expectNoMessage(Duration.ZERO);
        back.complete(null);
        assertThat(end.receiveMessage()).isEqualTo(new Settled("node", false, KeptFigures.NONE, ""));
        nothingComesTo(end, cutOff);
    }

    @Test
    void aRoundIsOverWhenThereIsRoomToKeepWhatItMade() {
        CompletableFuture<Void> room = new CompletableFuture<>();
        ActorRef<Command> full = KIT.spawn(Aggregator.create("node", folds, ends(room)));
        fold(ONE, 3);
        full.tell(new Folded(ONE, 3));
        full.tell(new Close(ONE, 1, 0, replies.getRef()));
        full.tell(new Close(ONE, 1, 0, replies.getRef()));
        nothingComesTo(replies, full);
        room.complete(null);
        assertThat(replies.receiveMessage()).isInstanceOf(Closed.class);
        nothingComesTo(replies, full);
    }

    @Test
    void whatCanNeverBeKeptIsToldToTheCoordinator() {
        CompletableFuture<Void> room = CompletableFuture.failedFuture(new IllegalStateException("no such table"));
        ActorRef<Command> stuck = KIT.spawn(Aggregator.create("node", folds, ends(room)));
        fold(ONE, 3);
        stuck.tell(new ReportTo(coordinator.getRef()));
        stuck.tell(new Close(ONE, 1, 0, replies.getRef()));
        assertThat(((Aggregator.Stuck) coordinator.receiveMessage()).problem()).contains("no such table");
        nothingComesTo(replies, stuck);
    }

    private void expect(int... devices) {
        aggregator.tell(new Aggregator.Expect(Ids.of(devices), new Close(ONE, 2, 1, replies.getRef())));
    }

    private void handsIn(Integer... devices) {
        handsIn(aggregator, devices);
    }

    private void handsIn(ActorRef<Command> from, Integer... devices) {
        assertThat(((Closed) replies.receiveMessage()).totals().devices()).containsExactlyInAnyOrder(devices);
        assertThat(((Chunk) replies.receiveMessage()).from()).isZero();
        nothingComesTo(replies, from);
    }

    @Test
    void handsInUnaskedAsSoonAsAllAreInWhoAreExpected() {
        aggregator.tell(new ReportTo(coordinator.getRef()));
        expect(3, 4);
        fold(ONE, 3);
        assertThat(arrived(ONE, 1)).containsExactly(3);
        nothingComesTo(replies);
        fold(ONE, 4);
        handsIn(3, 4);
        TIME.timePasses(HELD);
        nothingComesTo(coordinator); // The sum says who is in it.
    }

    @Test
    void whoIsHeardOfOnlyAfterTheSumIsNotToldAgainUnlessAskedAgain() {
        aggregator.tell(new ReportTo(coordinator.getRef()));
        foldOnly(ONE, 3);
        foldOnly(ONE, 4);
        expect(3, 4);
        handsIn(3, 4);
        aggregator.tell(new Folded(ONE, 3));
        aggregator.tell(new Folded(ONE, 4));
        nothingComesTo(coordinator);
        TIME.timePasses(HELD);
        nothingComesTo(coordinator);
        aggregator.tell(new Folded(ONE, 4));
        assertThat(arrived(ONE, 1)).containsExactly(4);
    }

    @Test
    void noOneMakesItSendWithoutLimit() {
        assertThatThrownBy(() -> new Close(ONE, 1, 65, replies.getRef())).hasMessageContaining("0 to 64 chunks");
    }

    @Test
    void ofThoseWhoseSumMustWaitForRoomItTells() {
        CompletableFuture<Void> room = new CompletableFuture<>();
        ActorRef<Command> full = KIT.spawn(Aggregator.create("node", folds, ends(room)));
        full.tell(new ReportTo(coordinator.getRef()));
        full.tell(new Aggregator.Expect(Ids.of(3), new Close(ONE, 2, 1, replies.getRef())));
        fold(ONE, 3);
        full.tell(new Folded(ONE, 3));
        assertThat(arrived(ONE, 1)).containsExactly(3);
        nothingComesTo(replies, full);
        room.complete(null);
        handsIn(full, 3);
    }

    @Test
    void handsInIfItLearnsLateWhoWasExpected() {
        fold(ONE, 3);
        fold(ONE, 4);
        expect(3, 4);
        handsIn(3, 4);
    }

    @Test
    void waitsToBeAskedWhenOthersComeThanWereExpected() {
        expect(3, 4);
        fold(ONE, 3);
        fold(ONE, 5);
        fold(ONE, 4);
        nothingComesTo(replies);
        aggregator.tell(new Close(ONE, 2, 1, replies.getRef()));
        handsIn(3, 4, 5);
    }

    @Test
    void whatWasExpectedOfAnEarlierRoundIsForgotten() {
        fold(TWO, 1);
        expect(3);
        nothingComesTo(replies);
        expect(1);
        nothingComesTo(replies);
    }
}
