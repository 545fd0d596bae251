package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.SimTime;
import dev.starling.device.Device;
import dev.starling.device.DeviceHost;
import dev.starling.device.SmallFleet;
import dev.starling.metrics.DeviceRecord;
import dev.starling.metrics.FailedDevices;
import dev.starling.model.Evaluation;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DeviceSurveyTest {

    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void aDeviceThatCannotBeEvaluatedIsToldAndTheOthersAreSurveyed() {
        TestProbe<Device.Request> devices = KIT.createTestProbe();
        TestProbe<DeviceSurvey.Surveyed> coordinator = KIT.createTestProbe();
        try (DeviceHost host = SmallFleet.with("").host()) {
            KIT.spawn(DeviceSurvey.create(
                    new DeviceSurvey.Questions(
                            "run", device -> 0, new SimTime(0), List.of(0, 1, 2), new FleetLedger(), host),
                    devices.getRef(),
                    () -> 0,
                    coordinator.getRef()));
            Evaluation good = new Evaluation(4, 2, 3, 0, 0);
            for (int i = 0; i < 3; i++) {
                Device.Evaluate asked = devices.expectMessageClass(Device.Evaluate.class);
                boolean broken = asked.device() == 1;
                Evaluation figures = broken ? Evaluation.NONE : good;
                asked.replyTo()
                        .tell(new Device.Evaluated(
                                asked.device(), figures, figures, Optional.empty(), broken ? "its data is bad" : ""));
            }
            DeviceSurvey.Surveyed surveyed = coordinator.receiveMessage();
            assertThat(surveyed.devices()).extracting(DeviceRecord::device).containsExactly(0, 2);
            assertThat(surveyed.devices()).extracting(DeviceRecord::base).containsOnly(good);
            assertThat(surveyed.failed()).containsExactly(new FailedDevices("its data is bad", 1, 1));
        }
    }
}
