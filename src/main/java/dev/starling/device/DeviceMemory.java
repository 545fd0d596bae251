package dev.starling.device;

import dev.starling.model.Snapshot;
import dev.starling.store.ModelRoot;
import dev.starling.store.Recipe;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a device remembers beside its model's values, made again as the values are: by doing all its works again on its own
 * data. Nothing but the optimizer's state leaves the device.
 */
public final class DeviceMemory {

    private DeviceMemory() {}

    /**
     * The momentum that the last of {@code works} left to the next session; empty if none is kept, or if the works do not give
     * the model with root {@code expected}, as where some of them are not known any more.
     *
     * @param works of the device, oldest first
     * @param bases by version: at least those of the works
     */
    public static Optional<Snapshot> velocity(
            DeviceHost host, int device, List<Recipe> works, Map<Integer, Snapshot> bases, ModelRoot expected) {
        Lineage lineage = Lineage.NONE;
        for (Recipe recipe : works) {
            Work work = new Work(
                    recipe.round(),
                    recipe.base(),
                    recipe.steps(),
                    recipe.now(),
                    Work.Task.valueOf(recipe.task().toUpperCase(Locale.ROOT)));
            lineage = lineage.then(work, host.personalTensors().any());
        }
        Map<Integer, BaseModel> models = new HashMap<>();
        bases.forEach((version, base) -> models.put(version, new BaseModel(version, ModelRoot.of(base), base)));
        if (works.isEmpty() || !models.keySet().containsAll(lineage.versions())) {
            return Optional.empty();
        }
        PersonalModel made = host.make(device, lineage, models, null);
        return ModelRoot.of(made.weights()).equals(expected) ? made.velocity() : Optional.empty();
    }
}
