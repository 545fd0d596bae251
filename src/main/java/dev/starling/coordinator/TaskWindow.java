package dev.starling.coordinator;

import dev.starling.base.Ids;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which devices still have to be asked, which are under way and which are in, and on which node. Keeps a bounded
 * number under way, because the buffers of a shard region are bounded.
 */
final class TaskWindow {

    private final Deque<Integer> toAsk = new ArrayDeque<>();
    private final Map<Integer, Long> underWay = new LinkedHashMap<>();
    private final Map<Integer, String> arrived = new HashMap<>();

    TaskWindow(Collection<Integer> devices) {
        toAsk.addAll(devices);
    }

    /** Devices to ask now so that at most {@code limit} are under way. */
    List<Integer> next(int limit, long nowMillis) {
        List<Integer> asked = new ArrayList<>();
        while (!toAsk.isEmpty() && underWay.size() < limit) {
            Integer device = toAsk.removeFirst();
            underWay.put(device, nowMillis);
            asked.add(device);
        }
        return asked;
    }

    /** Notes the arrival of {@code devices} on {@code node}; a second arrival of a device changes nothing. */
    void arrived(String node, Ids devices) {
        devices.forEach(device -> {
            if (underWay.remove(device) != null) {
                arrived.put(device, node);
            } else if (toAsk.remove(device)) {
                // Asked before its node was lost, arrived after all on another.
                arrived.put(device, node);
            }
        });
    }

    /**
     * What was on {@code node}, and what may have been on its way there, is asked again.
     *
     * @param counted whether what arrived there is in the sum already
     */
    void nodeLost(String node, boolean counted) {
        List<Integer> again = new ArrayList<>(underWay.keySet());
        arrived.forEach((device, where) -> {
            if (!counted && where.equals(node)) {
                again.add(device);
            }
        });
        again.sort(null);
        again.forEach(device -> {
            underWay.remove(device);
            arrived.remove(device);
            toAsk.addLast(device);
        });
    }

    /** Devices that have been under way for {@code patienceMillis}; they count as asked at {@code nowMillis}. */
    List<Integer> overdue(long nowMillis, long patienceMillis) {
        List<Integer> late = underWay.entrySet().stream()
                .filter(entry -> nowMillis - entry.getValue() >= patienceMillis)
                .map(Map.Entry::getKey)
                .toList();
        late.forEach(device -> underWay.put(device, nowMillis));
        return late;
    }

    int arrivedCount() {
        return arrived.size();
    }

    /** Nodes on which somebody arrived. */
    Set<String> nodes() {
        return new TreeSet<>(arrived.values());
    }

    /** Whether exactly {@code devices} arrived on {@code node}. */
    boolean arrivedOn(String node, Ids devices) {
        for (int i = 0; i < devices.size(); i++) {
            if (!node.equals(arrived.get(devices.get(i)))) {
                return false;
            }
        }
        return Collections.frequency(arrived.values(), node) == devices.size();
    }

    boolean complete() {
        return toAsk.isEmpty() && underWay.isEmpty();
    }
}
