package dev.starling.device;

import dev.starling.base.SimTime;
import dev.starling.fleet.DeviceProfile;
import dev.starling.metrics.DeviceInspection;
import dev.starling.metrics.DevicePrediction;
import dev.starling.model.Evaluation;
import dev.starling.model.Examples;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what a device tells about itself: figures, never examples. */
final class Inspecting {

    private Inspecting() {}

    /** Both scores are empty if the device holds no such example back. */
    static DevicePrediction prediction(int device, int example, DeviceHost host, @Nullable PersonalModel personal) {
        Examples heldOut = host.views().heldOut(device, moment(host, personal));
        boolean there = example >= 0 && example < heldOut.count();
        List<Float> ofBase = host.bases()
                .latest()
                .filter(base -> there)
                .map(base -> host.predict(base.weights(), heldOut, example))
                .orElse(List.of());
        List<Float> ofOwn = personal == null || !there ? List.of() : host.predict(personal.weights(), heldOut, example);
        return new DevicePrediction(device, example, ofBase, ofOwn);
    }

    /** The node does not know how late it is: when the device last worked. */
    private static SimTime moment(DeviceHost host, @Nullable PersonalModel personal) {
        return personal == null
                ? host.scenario().fleet().start()
                : personal.work().now();
    }

    static DeviceInspection inspection(
            int device, DeviceHost host, @Nullable PersonalModel personal, Collection<DeviceInspection.Work> history) {
        DeviceProfile profile = host.fleet().profile(device);
        SimTime now = moment(host, personal);
        Examples heldOut = host.views().heldOut(device, now);
        Evaluation ofBase = host.bases()
                .latest()
                .map(base -> host.evaluateBase(base.weights(), heldOut))
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
