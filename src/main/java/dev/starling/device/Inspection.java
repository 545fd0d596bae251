package dev.starling.device;

import dev.starling.base.WireMessage;
import dev.starling.fleet.DeviceProfile;
import dev.starling.model.Evaluation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a device tells about itself: figures, never examples.
 *
 * @param labelCounts training examples per class; empty for regression
 * @param trainings local trainings since the device was last started
 * @param lastWork the training that its personal model came from
 * @param trainLoss mean loss over the examples seen in that training
 * @param personal its personal model on what it holds back
 */
public record Inspection(
        int device,
        DeviceProfile profile,
        int trainingExamples,
        List<Integer> labelCounts,
        int trainings,
        Optional<Work> lastWork,
        double trainLoss,
        Optional<Evaluation> personal)
        implements WireMessage {

    static Inspection of(int device, DeviceHost host, @Nullable PersonalModel personal, int trainings) {
        Optional<PersonalModel> held = Optional.ofNullable(personal);
        return new Inspection(
                device,
                host.fleet().profile(device),
                host.data().trainingCount(device),
                host.data().labelCounts(device),
                trainings,
                held.map(PersonalModel::work),
                held.map(model -> model.result().meanLoss()).orElse(Double.NaN),
                held.map(model ->
                        host.evaluate(model.weights(), host.data().heldOut(device))));
    }
}
