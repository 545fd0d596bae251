package dev.starling.device;

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
        Examples heldOut = host.data().heldOut(device);
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
                host.data().trainingCount(device),
                heldOut.count(),
                host.data().labelCounts(device),
                personal == null ? -1 : personal.work().version(),
                List.copyOf(history),
                ofBase.loss(),
                ofBase.accuracy(),
                ofPersonal.loss(),
                ofPersonal.accuracy());
    }
}
