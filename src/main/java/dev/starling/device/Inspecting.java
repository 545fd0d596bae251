package dev.starling.device;

import dev.starling.base.SimTime;
import dev.starling.fleet.DeviceProfile;
import dev.starling.metrics.DeviceInspection;
import dev.starling.model.Evaluation;
import dev.starling.model.Examples;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what a device tells about itself: figures, never examples. */
final class Inspecting {

    private Inspecting() {}

    static DeviceInspection inspection(
            int device, DeviceHost host, @Nullable PersonalModel personal, Collection<DeviceInspection.Work> history) {
        DeviceProfile profile = host.fleet().profile(device);
        // The node does not know how late it is: what the device saw when it last worked.
        SimTime now = personal == null
                ? host.scenario().fleet().start()
                : personal.work().now();
        Examples heldOut = host.views().heldOut(device, now);
        Evaluation ofBase = host.bases()
                .latest()
                .map(base -> host.evaluate(base.weights(), heldOut))
                .orElse(Evaluation.NONE);
        Evaluation ofPersonal = personal == null ? Evaluation.NONE : host.evaluate(personal.weights(), heldOut);
        return new DeviceInspection(
                device,
                profile.className(),
                profile.flopsPerSecond(),
                profile.downBytesPerSecond(),
                profile.upBytesPerSecond(),
                host.views().trainingCount(device, now),
                heldOut.count(),
                host.views().labelCounts(device, now),
                personal == null ? -1 : personal.work().version(),
                List.copyOf(history),
                ofBase.loss(),
                ofBase.accuracy(),
                ofPersonal.loss(),
                ofPersonal.accuracy());
    }
}
