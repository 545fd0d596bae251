package dev.starling.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.aggregate.Aggregator;
import dev.starling.aggregate.RoundKey;
import dev.starling.base.SimTime;
import dev.starling.metrics.DeviceInspection;
import dev.starling.model.Backend;
import dev.starling.model.Evaluation;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeviceTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Work WORK = new Work(1, 0, 1000, new SimTime(0));

    private final SmallFleet fleet = SmallFleet.with("");
    private final DeviceHost host = fleet.host();
    private final NodeHosts hosts = new NodeHosts();
    private final TestProbe<Aggregator.Command> aggregator = KIT.createTestProbe();
    private final ActorRef<Device.Command> device = KIT.spawn(Device.create(3, hosts, host.figures()));

    /** The first on a machine may take some seconds, which no message would be waited for. */
    @BeforeAll
    static void kernels() {
        Backend.start();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private void ready(String run) {
        hosts.ready(run, new NodeHosts.Place(host, aggregator.getRef()));
    }

    private DeviceInspection inspect(String run) {
        TestProbe<DeviceInspection> answer = KIT.createTestProbe();
        device.tell(new Device.Inspect(run, 3, answer.getRef()));
        return answer.receiveMessage();
    }

    @Test
    void trainsOnceNodeAndBaseAreHereAndAnswersAgainWithoutTrainingAgain() {
        device.tell(new Device.Train("run", 3, 1, Lineage.of(WORK), 0, 0, 0.5));
        ready("run");
        aggregator.expectNoMessage(Duration.ofMillis(50));
        host.bases().put(fleet.base(host));
        Aggregator.Folded folded = new Aggregator.Folded(new RoundKey(1, 1), 3);
        aggregator.expectMessage(folded);
        device.tell(new Device.Train("run", 3, 1, Lineage.of(WORK), 0, 0, 0.5));
        aggregator.expectMessage(folded);
        assertThat(host.figures().deltasFolded()).isEqualTo(1);
        assertThat(inspect("run").version()).isZero();
        assertThat(inspect("run").history()).hasSize(1);
    }

    @Test
    void aDeviceThatLostItsModelMakesItAgainToBeEvaluated() {
        ready("run");
        host.bases().put(fleet.base(host));
        TestProbe<Device.Evaluated> answers = KIT.createTestProbe();
        device.tell(new Device.Evaluate("run", 3, 0, WORK.now(), Lineage.of(WORK), answers.getRef()));
        Device.Evaluated made = answers.receiveMessage();
        device.tell(new Device.Train("run", 3, 1, Lineage.of(WORK), 0, 0, 0.5));
        device.tell(new Device.Evaluate("run", 3, 0, WORK.now(), Lineage.of(WORK), answers.getRef()));
        assertThat(answers.receiveMessage()).isEqualTo(made);
        assertThat(made.personal()).isNotEqualTo(made.base());
        device.tell(new Device.Evaluate("run", 3, 0, WORK.now(), Lineage.NONE, answers.getRef()));
        Device.Evaluated fresh = answers.receiveMessage();
        assertThat(fresh.personal()).isEqualTo(fresh.base());
    }

    @Test
    void anEvaluationThatFailsIsAnsweredWithItsReasonInsteadOfAskedForEver() {
        ready("run");
        TensorLayout other = new TensorLayout(List.of(new TensorSpec("other", List.of(3))));
        host.bases().put(SmallFleet.base(9, Snapshot.of(other, new float[3])));
        host.bases().put(fleet.base(host));
        TestProbe<Device.Evaluated> answers = KIT.createTestProbe();
        device.tell(new Device.Evaluate("run", 3, 9, WORK.now(), Lineage.NONE, answers.getRef()));
        Device.Evaluated failed = answers.receiveMessage();
        assertThat(failed.failure()).startsWith("evaluation failed: ");
        assertThat(failed.base()).isEqualTo(Evaluation.NONE);
        // It is still there, with what it knows.
        device.tell(new Device.Evaluate("run", 3, 0, WORK.now(), Lineage.NONE, answers.getRef()));
        Device.Evaluated well = answers.receiveMessage();
        assertThat(well.failure()).isEmpty();
        assertThat(well.base().examples()).isPositive();
    }

    @Test
    void whatItLearntInOneRunIsForgottenInTheNext() {
        ready("run");
        ready("next");
        host.bases().put(fleet.base(host));
        device.tell(new Device.Train("run", 3, 1, Lineage.of(WORK), 0, 0, 0.5));
        assertThat(inspect("run").version()).isZero();
        assertThat(inspect("next").version()).isEqualTo(-1);
        assertThat(inspect("next").history()).isEmpty();
    }
}
