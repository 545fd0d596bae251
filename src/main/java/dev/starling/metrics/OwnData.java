package dev.starling.metrics;

import dev.starling.model.Evaluation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How good base and personal models are for the devices that have a model of their own, each on its own data: spread
 * over devices, in which each counts once however much data it has.
 *
 * @param devices those that have a model of their own and data to evaluate it on
 * @param diverged devices whose last training diverged; they have the model of before
 */
public record OwnData(List<DeviceRecord> devices, long diverged) {

    public OwnData {
        devices = List.copyOf(devices);
    }

    /** Where devices went on by themselves, only those; else all that ever trained. */
    public static OwnData of(List<DeviceRecord> records) {
        boolean sessions = records.stream().anyMatch(device -> device.state() == DeviceRecord.State.PERSONAL);
        return new OwnData(
                records.stream()
                        .filter(device -> device.state() != DeviceRecord.State.FRESH)
                        .filter(device -> !sessions || device.state() != DeviceRecord.State.TRAINED)
                        .filter(device -> device.personal().examples() > 0)
                        .toList(),
                records.stream()
                        .filter(device -> device.state() == DeviceRecord.State.DIVERGED)
                        .count());
    }

    /** The devices that an app update reached. */
    public OwnData updated() {
        return new OwnData(
                devices.stream()
                        .filter(device -> device.beforeUpdate().examples() > 0)
                        .toList(),
                diverged);
    }

    /** {@code metric} of one of a device's evaluations. */
    public Distribution spread(Function<DeviceRecord, Evaluation> evaluation, ToDoubleFunction<Evaluation> metric) {
        return Distribution.of(devices.stream()
                .mapToDouble(device -> metric.applyAsDouble(evaluation.apply(device)))
                .toArray());
    }

    /** Null without such devices. */
    @Nullable
    Map<String, @Nullable Object> json(boolean classification) {
        if (devices.isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("devices", devices.size());
        boolean bases = devices.stream().anyMatch(device -> device.base().examples() > 0);
        json.put("base", bases ? metrics(DeviceRecord::base, classification) : null);
        json.put("personal", metrics(DeviceRecord::personal, classification));
        OwnData updated = updated();
        if (!updated.devices().isEmpty()) {
            json.put("updatedDevices", updated.devices().size());
            json.put("beforeUpdate", updated.metrics(DeviceRecord::beforeUpdate, classification));
            json.put("afterUpdate", updated.metrics(DeviceRecord::afterUpdate, classification));
        }
        return json;
    }

    private Map<String, @Nullable Object> metrics(Function<DeviceRecord, Evaluation> which, boolean classification) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("loss", spread(which, Evaluation::loss).json());
        if (classification) {
            json.put("accuracy", spread(which, Evaluation::accuracy).json());
        } else {
            json.put("mae", spread(which, Evaluation::mae).json());
            json.put("rmse", spread(which, Evaluation::rmse).json());
        }
        return json;
    }
}
