package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.aggregate.Aggregator;
import dev.starling.aggregate.ExactSum;
import dev.starling.aggregate.RoundKey;
import dev.starling.base.Ids;
import dev.starling.base.SimTime;
import dev.starling.device.Device;
import dev.starling.device.Lineage;
import dev.starling.device.Work;
import dev.starling.fleet.Assignment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes, four devices; the probes stand in for aggregators, devices and coordinator. */
class RoundTest {

    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(KIT.system());

    private final TestProbe<Aggregator.Command> nodeA = KIT.createTestProbe();
    private final TestProbe<Aggregator.Command> nodeB = KIT.createTestProbe();
    private final TestProbe<Device.Request> devices = KIT.createTestProbe();
    private final TestProbe<Round.Event> coordinator = KIT.createTestProbe();
    private final AtomicLong millis = new AtomicLong();
    private ActorRef<Round.Command> round = KIT.spawn(Behaviors.empty());

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @BeforeEach
    void start() {
        start(TaskPatience.SETTLED, Map.of());
    }

    private void start(TaskPatience patience, Map<String, Ids> homes) {
        List<Assignment> reporters = List.of(1, 2, 3, 4).stream()
                .map(device -> new Assignment(device, 10, 5, new SimTime(0)))
                .toList();
        RoundTask task = new RoundTask(
                "run",
                9,
                8,
                1,
                false,
                reporters,
                reporter -> Lineage.of(new Work(9, 8, reporter.steps(), new SimTime(0))),
                Assignment::device,
                reporter -> 0.25);
        KIT.stop(round); // Else two would ask the same devices.
        round = KIT.spawn(Round.create(
                task,
                Map.of("a", nodeA.getRef(), "b", nodeB.getRef()),
                homes,
                devices.getRef(),
                millis::get,
                patience,
                coordinator.getRef()));
        asked(1, 1, 2, 3, 4);
    }

    private void asked(int attempt, Integer... expected) {
        List<Device.Train> trains = Arrays.stream(expected)
                .map(device -> devices.expectMessageClass(Device.Train.class))
                .toList();
        assertThat(trains).extracting(Device.Train::device).containsExactly(expected);
        assertThat(trains).allSatisfy(train -> {
            assertThat(train.attempt()).isEqualTo(attempt);
            assertThat(train.weight()).isEqualTo(0.25);
            assertThat(train.region()).as("what the task says").isEqualTo(train.device());
            assertThat(train.work().round()).isEqualTo(9);
            assertThat(train.work().version()).isEqualTo(8);
        });
    }

    private void itChecks() {
        TIME.timePasses(Duration.ofSeconds(2));
    }

    private void in(String node, int attempt, int... ids) {
        round.tell(new Round.In(new Aggregator.Arrived(node, new RoundKey(9, attempt), Ids.of(ids))));
    }

    /** Answers the round's Close, as node {@code name} that holds {@code ids}, each with a delta of 1. */
    private void serve(TestProbe<Aggregator.Command> node, String name, int attempt, Integer... ids) {
        RoundKey key = new RoundKey(9, attempt);
        Aggregator.Close close = node.expectMessageClass(Aggregator.Close.class);
        assertThat(close.round()).isEqualTo(key);
        close.replyTo().tell(new Aggregator.Closed(name, key, RoundTallyTest.totals(List.of(ids), List.of()), 1));
        ExactSum sum = RoundTallyTest.sum(1, 0.25f * ids.length);
        close.replyTo().tell(new Aggregator.Chunk(name, key, 0, sum.bytes(0, 1)));
    }

    private RoundSum done() {
        while (true) {
            if (coordinator.receiveMessage() instanceof Round.Done done) {
                KIT.createTestProbe().expectTerminated(round, Duration.ofSeconds(5));
                assertThat(done.sum().sum().toDelta().get(0)).isEqualTo(1);
                assertThat(done.sum().totals().devices()).containsExactly(1, 2, 3, 4);
                return done.sum();
            }
        }
    }

    @Test
    void theSumOfBothNodesIsTheRounds() {
        in("a", 1, 1, 2);
        coordinator.expectMessage(new Round.Progress(2));
        in("b", 1, 3, 4);
        coordinator.expectMessage(new Round.Progress(4));
        serve(nodeA, "a", 1, 1, 2);
        serve(nodeB, "b", 1, 3, 4);
        assertThat(done().totals().examples()).isEqualTo(40);
    }

    @Test
    void arrivalsTwiceOfOtherRoundsOrFromStrangersDoNotCount() {
        in("a", 1, 1, 2);
        in("a", 1, 1, 2);
        in("b", 2, 3, 4);
        in("stranger", 1, 3, 4);
        assertThat(coordinator.receiveSeveralMessages(2)).containsExactly(new Round.Progress(2), new Round.Progress(2));
        coordinator.expectNoMessage(Duration.ofMillis(100));
        in("b", 1, 3, 4);
        serve(nodeA, "a", 1, 1, 2);
        serve(nodeB, "b", 1, 3, 4);
        done();
    }

    @Test
    void devicesOfANodeLostWhileAskingAreAskedAgain() {
        in("a", 1, 1);
        in("b", 1, 3);
        round.tell(new Round.NodeLost("b"));
        // 3 was there, 2 and 4 may have been on their way there.
        asked(1, 2, 3, 4);
        in("b", 1, 4); // Its last words count for nothing.
        in("a", 1, 2, 3, 4);
        serve(nodeA, "a", 1, 1, 2, 3, 4);
        done();
    }

    @Test
    void devicesOfANodeLostWhileGatheringAreAskedAgainUnderTheNextAttempt() {
        in("a", 1, 1, 2);
        in("b", 1, 3, 4);
        serve(nodeA, "a", 1, 1, 2);
        round.tell(new Round.NodeLost("b"));
        asked(2, 3, 4);
        in("a", 1, 3, 4); // Of the first attempt: too late.
        in("a", 2, 3, 4);
        serve(nodeA, "a", 2, 3, 4);
        done();
    }

    @Test
    void aDeviceFoundOnTwoNodesMakesEverybodyTrainAgain() {
        in("a", 1, 1, 2);
        in("b", 1, 3, 4);
        serve(nodeA, "a", 1, 1, 2, 3);
        serve(nodeB, "b", 1, 3, 4);
        asked(2, 1, 2, 3, 4);
        in("b", 2, 1, 2, 3, 4);
        serve(nodeB, "b", 2, 1, 2, 3, 4);
        done();
    }

    @Test
    void aRoundThatLostAllItsNodesGoesOnWithTheNextThatJoins() {
        round.tell(new Round.NodeLost("a"));
        round.tell(new Round.NodeLost("b"));
        asked(1, 1, 2, 3, 4); // After "a", when "b" was still there.
        TestProbe<Aggregator.Command> nodeC = KIT.createTestProbe();
        round.tell(new Round.NodeJoined("c", nodeC.getRef()));
        asked(1, 1, 2, 3, 4);
        in("c", 1, 1, 2, 3, 4);
        serve(nodeC, "c", 1, 1, 2, 3, 4);
        done();
    }

    /** Its devices move to it, and what is on its way to them may be lost. */
    @Test
    void tasksAreSoonSentAgainWhenANodeHasJoined() {
        round.tell(new Round.NodeJoined(
                "c", KIT.<Aggregator.Command>createTestProbe().getRef()));
        in("a", 1, 1, 2);
        coordinator.expectMessageClass(Round.Progress.class);
        millis.set(2_500);
        itChecks();
        asked(1, 3, 4);
    }

    @Test
    void tasksAreSoonSentAgainWhenNodesCameOrWentInTheRoundBefore() {
        start(TaskPatience.unsettled(millis.get()), Map.of());
        millis.set(2_500);
        itChecks();
        asked(1, 1, 2, 3, 4);
    }

    /** That a node is there is told again and again. */
    @Test
    void devicesAreGivenTimeWhileNodesNeitherComeNorGo() {
        round.tell(new Round.NodeJoined("a", nodeA.getRef()));
        millis.set(19_000);
        itChecks();
        in("a", 1, 1, 2, 3);
        coordinator.expectMessageClass(Round.Progress.class);
        devices.expectNoMessage(Duration.ZERO);
        millis.set(21_000);
        itChecks();
        asked(1, 4);
    }

    @Test
    void whatIsLostOnTheWayIsAskedForAgain() {
        in("a", 1, 1, 2, 3, 4);
        assertThat(nodeA.expectMessageClass(Aggregator.Close.class).round()).isEqualTo(new RoundKey(9, 1));
        itChecks(); // It may just have been asked; by the next check it would have answered.
        nothingIsAskedOf(nodeA);
        itChecks();
        serve(nodeA, "a", 1, 1, 2, 3, 4);
        done();
    }

    /** The node says unasked what it holds: {@code ids}, each with a delta of 1. */
    private void handsIn(Aggregator.Expect expected, String name, Integer... ids) {
        RoundKey key = new RoundKey(9, 1);
        ActorRef<Aggregator.Reply> round = expected.close().replyTo();
        round.tell(new Aggregator.Closed(name, key, RoundTallyTest.totals(List.of(ids), List.of()), 1));
        round.tell(new Aggregator.Chunk(
                name, key, 0, RoundTallyTest.sum(1, 0.25f * ids.length).bytes(0, 1)));
    }

    private Aggregator.Expect expected(TestProbe<Aggregator.Command> node, int... ids) {
        Aggregator.Expect expect = node.expectMessageClass(Aggregator.Expect.class);
        assertThat(expect.devices()).isEqualTo(Ids.of(ids));
        assertThat(expect.close().round()).isEqualTo(new RoundKey(9, 1));
        return expect;
    }

    private void startWithHomes() {
        start(TaskPatience.SETTLED, Map.of("a", Ids.of(1, 2), "b", Ids.of(3, 4)));
    }

    private void nothingIsAskedOf(TestProbe<Aggregator.Command> node) {
        node.expectNoMessage(Duration.ofMillis(100));
    }

    @Test
    void nodesOfWhichItIsKnownWhoIsOnThemHandInUnasked() {
        startWithHomes();
        Aggregator.Expect a = expected(nodeA, 1, 2);
        Aggregator.Expect b = expected(nodeB, 3, 4);
        in("a", 1, 1, 2);
        handsIn(a, "a", 1, 2);
        in("b", 1, 3);
        handsIn(b, "b", 3, 4); // which comes before the word that 4 is in
        assertThat(done().totals().examples()).isEqualTo(40);
        nothingIsAskedOf(nodeA);
        nothingIsAskedOf(nodeB);
    }

    @Test
    void whoIsInCountsAsSoonAsItIsSaidAndNotOnlyWhenTheSumIsHere() {
        startWithHomes();
        ActorRef<Aggregator.Reply> a = expected(nodeA, 1, 2).close().replyTo();
        expected(nodeB, 3, 4);
        a.tell(new Aggregator.Closed(
                "a", new RoundKey(9, 1), RoundTallyTest.totals(List.of(1), List.of()), SumAssembly.CHUNK_VALUES));
        coordinator.expectMessage(new Round.Progress(1));
        in("b", 1, 2, 3, 4); // Not who was expected: it is closed while the sum of the other is on its way.
        assertThat(nodeB.expectMessageClass(Aggregator.Close.class).round()).isEqualTo(new RoundKey(9, 1));
    }

    @Test
    void whoHandedInWhatIsTold() {
        startWithHomes();
        handsIn(expected(nodeA, 1, 2), "a", 1, 2);
        in("b", 1, 3, 4);
        handsIn(expected(nodeB, 3, 4), "b", 3, 4);
        coordinator.expectMessage(new Round.Progress(2));
        coordinator.expectMessage(new Round.Progress(4));
        assertThat(coordinator.expectMessageClass(Round.Done.class).parts())
                .isEqualTo(Map.of("a", List.of(1, 2), "b", List.of(3, 4)));
    }

    /** Devices that are asked again say that they are in, and then the node is asked for its sum. */
    @Test
    void aSumThatIsLostOnItsWayUnaskedIsAskedFor() {
        startWithHomes();
        expected(nodeA, 1, 2);
        handsIn(expected(nodeB, 3, 4), "b", 3, 4);
        coordinator.expectMessage(new Round.Progress(2));
        millis.set(21_000);
        itChecks();
        asked(1, 1, 2);
        in("a", 1, 1, 2);
        coordinator.expectMessage(new Round.Progress(4));
        itChecks();
        itChecks();
        serve(nodeA, "a", 1, 1, 2);
        assertThat(done().totals().examples()).isEqualTo(40);
    }

    @Test
    void aDeviceThatWasElsewhereIsAskedForAsEver() {
        startWithHomes();
        expected(nodeA, 1, 2);
        expected(nodeB, 3, 4);
        in("b", 1, 2, 3, 4);
        in("a", 1, 1);
        serve(nodeB, "b", 1, 2, 3, 4);
        serve(nodeA, "a", 1, 1);
        done();
    }

    @Test
    void aDeviceThatCameWhenItsNodeHadClosedIsAskedAgain() {
        startWithHomes();
        expected(nodeA, 1, 2);
        handsIn(expected(nodeB, 3, 4), "b", 3, 4);
        in("b", 1, 2);
        in("a", 1, 1);
        serve(nodeA, "a", 1, 1);
        asked(2, 2);
        in("b", 2, 2);
        serve(nodeB, "b", 2, 2);
        done();
    }

    @Test
    void whatALostNodeHandedInStays() {
        startWithHomes();
        handsIn(expected(nodeA, 1, 2), "a", 1, 2);
        coordinator.expectMessage(new Round.Progress(2));
        expected(nodeB, 3, 4);
        round.tell(new Round.NodeLost("a"));
        asked(1, 3, 4); // They may have been on their way there.
        in("b", 1, 3, 4);
        coordinator.expectMessage(new Round.Progress(4));
        itChecks();
        itChecks();
        serve(nodeB, "b", 1, 3, 4); // Checks ask for what does not come.
        done();
    }

    @Test
    void ofANodeLostBeforeItsSumIsHereEverybodyIsAskedAgain() {
        startWithHomes();
        Aggregator.Expect a = expected(nodeA, 1, 2);
        expected(nodeB, 3, 4);
        in("a", 1, 1, 2);
        a.close()
                .replyTo()
                .tell(new Aggregator.Closed(
                        "a", new RoundKey(9, 1), RoundTallyTest.totals(List.of(1, 2), List.of()), 1));
        round.tell(new Round.NodeLost("a"));
        asked(1, 1, 2, 3, 4);
        in("b", 1, 1, 2, 3, 4);
        serve(nodeB, "b", 1, 1, 2, 3, 4);
        done();
    }

    @Test
    void aSumThatDoesNotComeUnaskedIsAskedFor() {
        startWithHomes();
        handsIn(expected(nodeA, 1, 2), "a", 1, 2);
        expected(nodeB, 3, 4);
        coordinator.expectMessage(new Round.Progress(2));
        in("b", 1, 3, 4);
        coordinator.expectMessage(new Round.Progress(4));
        itChecks();
        itChecks();
        serve(nodeB, "b", 1, 3, 4);
        done();
    }

    /** A node that is gone already would never hand in, and who was there is elsewhere now. */
    @Test
    void nothingIsExpectedOfStrangers() {
        start(TaskPatience.SETTLED, Map.of("a", Ids.of(1, 2), "stranger", Ids.of(3, 4)));
        nothingIsAskedOf(nodeA);
    }
}
