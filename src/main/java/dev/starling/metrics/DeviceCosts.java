package dev.starling.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the run cost the devices that were ever asked: sums, and how they are spread; of all and by class. */
final class DeviceCosts {

    private DeviceCosts() {}

    static Map<String, @Nullable Object> json(List<DeviceRecord> records) {
        List<DeviceRecord> asked =
                records.stream().filter(device -> device.asked() > 0).toList();
        Map<String, @Nullable Object> json = group(asked);
        Map<String, @Nullable Object> classes = new LinkedHashMap<>();
        asked.stream()
                .collect(Collectors.groupingBy(DeviceRecord::className, TreeMap::new, Collectors.toList()))
                .forEach((name, devices) -> classes.put(name, group(devices)));
        json.put("byClass", classes);
        return json;
    }

    private static Map<String, @Nullable Object> group(List<DeviceRecord> devices) {
        Spending spent = devices.stream().map(DeviceRecord::spent).reduce(Spending.NOTHING, Spending::plus);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("askedDevices", devices.size());
        json.put("deviceSeconds", spent.awakeSeconds());
        json.put("computeJoules", spent.computeJoules());
        json.put("radioJoules", spent.radioJoules());
        json.put("bytes", spent.bytes());
        json.put("meteredBytes", spent.meteredBytes());
        Spending underWay = devices.stream().map(DeviceRecord::underWay).reduce(Spending.NOTHING, Spending::plus);
        json.put("underWayJoules", underWay.joules());
        json.put("underWayBytes", underWay.bytes());
        json.put("joulesPerDevice", spread(devices, device -> device.spent().joules()));
        json.put(
                "wastedJoulesPerDevice",
                spread(devices, device -> device.wasted().joules()));
        json.put("bytesPerDevice", spread(devices, device -> device.spent().bytes()));
        json.put(
                "meteredBytesPerDevice",
                spread(devices, device -> device.spent().meteredBytes()));
        return json;
    }

    private static Map<String, @Nullable Object> spread(
            List<DeviceRecord> devices, ToDoubleFunction<DeviceRecord> figure) {
        return Distribution.of(devices.stream().mapToDouble(figure).toArray()).json();
    }
}
