package dev.starling.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Devices whose work failed alike, so that a person learns why from one of them. Reasons that differ in nothing but their
 * numbers are alike: a training that diverged at step 3 failed as one that diverged at step 5.
 *
 * @param reason in the words of {@code device}, on one line
 * @param device one of them: the smallest id, so that it does not depend on who reported first
 * @param devices how many there are; over several rounds, a device counts as often as it failed
 */
public record FailedDevices(String reason, int device, long devices) {

    /** Kinds of reasons that are told apart; with more of them nobody would read on. */
    private static final int KINDS = 10;

    private static final String OTHER_REASONS = "other reasons";

    private static final Pattern NUMBER = Pattern.compile("-?\\b(\\d[\\d.,]*(E-?\\d+)?\\w*|NaN|Infinity)\\b");
    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");

    public FailedDevices {
        reason = LINE_BREAKS.matcher(reason.strip()).replaceAll(" ");
    }

    /** Sums up reasons by device, the most frequent first. */
    public static List<FailedDevices> of(SortedMap<Integer, String> reasons) {
        return merged(reasons.entrySet().stream()
                .map(one -> new FailedDevices(one.getValue(), one.getKey(), 1))
                .toList());
    }

    /** Those of several rounds, or of several parts of one, the most frequent first; the first words of each kind stay. */
    static List<FailedDevices> sum(Collection<FailedDevices> earlier, Collection<FailedDevices> later) {
        List<FailedDevices> all = new ArrayList<>(earlier);
        all.addAll(later);
        return merged(all);
    }

    private static List<FailedDevices> merged(List<FailedDevices> parts) {
        Map<String, FailedDevices> kinds = new LinkedHashMap<>();
        for (FailedDevices part : parts) {
            kinds.merge(
                    part.kind(),
                    part,
                    (a, b) -> new FailedDevices(a.reason, a.device, Math.addExact(a.devices, b.devices)));
        }
        // They stand last, and take in what is too many, so that the counts of all are those of all devices.
        FailedDevices others = kinds.remove(OTHER_REASONS);
        List<FailedDevices> sorted = new ArrayList<>(kinds.values());
        sorted.sort(Comparator.comparingLong(FailedDevices::devices).reversed());
        while (sorted.size() > (others == null ? KINDS : KINDS - 1)) {
            others = others(sorted.remove(sorted.size() - 1), others);
        }
        if (others != null) {
            sorted.add(others);
        }
        return List.copyOf(sorted);
    }

    private static FailedDevices others(FailedDevices one, @Nullable FailedDevices more) {
        return more == null
                ? new FailedDevices(OTHER_REASONS, one.device, one.devices)
                : new FailedDevices(
                        OTHER_REASONS, Math.min(one.device, more.device), Math.addExact(one.devices, more.devices));
    }

    /** What is alike: the reason without its numbers. */
    public String kind() {
        return NUMBER.matcher(reason).replaceAll("#");
    }

    /** {@code device 4 and 11 more: local training diverged at step 3}. */
    public String text() {
        return "device " + device + (devices > 1 ? " and " + (devices - 1) + " more" : "") + ": " + reason;
    }
}
