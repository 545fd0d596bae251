package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.aggregate.Aggregator;
import dev.starling.aggregate.RoundKey;
import dev.starling.base.Ids;
import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.device.Device;
import dev.starling.device.Lineage;
import dev.starling.device.Work;
import dev.starling.fleet.Assignment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a round keeps under way is what queues can hold: tasks of devices, mailboxes of aggregators, buffers of nodes. */
class RoundWindowTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final int NODES = 3;

    private final TestProbe<Aggregator.Command> aggregator = KIT.createTestProbe();
    private final TestProbe<Device.Request> devices = KIT.createTestProbe();
    private final TestProbe<Round.Event> coordinator = KIT.createTestProbe();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private ActorRef<Round.Command> round(int cohort) {
        List<Assignment> reporters = IntStream.range(0, cohort)
                .mapToObj(device -> new Assignment(device, 10, 5, new SimTime(0)))
                .toList();
        RoundTask task = new RoundTask(
                "run",
                1,
                0,
                1,
                false,
                reporters,
                reporter -> Lineage.of(new Work(1, 0, reporter.steps(), new SimTime(0))),
                reporter -> 0,
                reporter -> 1.0 / cohort);
        return KIT.spawn(Round.create(
                task,
                Map.of("a", aggregator.getRef(), "b", aggregator.getRef(), "c", aggregator.getRef()),
                Map.of(),
                devices.getRef(),
                () -> 0L,
                TaskPatience.SETTLED,
                coordinator.getRef()));
    }

    /** Whatever the cohort, and in whatever batches devices come in. */
    @ParameterizedTest
    @ValueSource(ints = {100, 4_000, 40_000})
    void tasksUnderWayDoNotGrowWithTheCohort(int cohort) {
        Rng rng = new Seeds(cohort).of(Purpose.GENERATE_DATA);
        ActorRef<Round.Command> round = round(cohort);
        int window = Round.WINDOW_PER_NODE * NODES;
        List<Integer> underWay = new ArrayList<>();
        int asked = 0;
        int reported = 0;
        while (reported < cohort) {
            int more = Math.min(window - underWay.size(), cohort - asked);
            devices.receiveSeveralMessages(more).forEach(request -> underWay.add(request.device()));
            asked += more;
            // After this answer everything that the round asks for now has been asked.
            arrived(round, Ids.of(List.of()));
            devices.expectNoMessage(Duration.ZERO);
            assertThat(underWay).hasSizeLessThanOrEqualTo(window).doesNotHaveDuplicates();

            Collections.shuffle(underWay, new java.util.Random(rng.nextLong()));
            List<Integer> batch = underWay.subList(0, 1 + rng.nextInt(underWay.size()));
            reported += batch.size();
            assertThat(arrived(round, Ids.of(batch))).isEqualTo(reported);
            batch.clear();
        }
        assertThat(asked).isEqualTo(cohort);
    }

    private int arrived(ActorRef<Round.Command> round, Ids ids) {
        round.tell(new Round.In(new Aggregator.Arrived("a", new RoundKey(1, 1), ids)));
        return coordinator.expectMessageClass(Round.Progress.class).reported();
    }
}
