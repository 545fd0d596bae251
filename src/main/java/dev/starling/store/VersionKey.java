package dev.starling.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which model at which time, within one run. Keys follow from the run's seed: a device that is asked again writes the
 * same model under the same key.
 *
 * @param owner a device, or {@link #BASE}
 * @param sequence of a base its version number; of a device the round that made the model; up to {@link #MAX_SEQUENCE}
 */
public record VersionKey(int owner, int sequence) implements Comparable<VersionKey> {

    /** The owner of base versions. */
    public static final int BASE = -1;

    /** Devices are numbered below this. */
    public static final int MAX_OWNER = (1 << 28) - 2;

    public static final int MAX_SEQUENCE = (1 << 23) - 1;

    private static final Pattern FORM = Pattern.compile("(base|[0-9]{1,9})@([0-9]{1,7})");

    public VersionKey {
        if (owner < BASE || owner > MAX_OWNER) {
            throw new IllegalArgumentException(
                    "a version's owner must be -1 (base) to " + MAX_OWNER + ", got " + owner);
        }
        if (sequence < 0 || sequence > MAX_SEQUENCE) {
            throw new IllegalArgumentException(
                    "a version's sequence must be 0 to " + MAX_SEQUENCE + ", got " + sequence);
        }
    }

    public static VersionKey base(int version) {
        return new VersionKey(BASE, version);
    }

    public static VersionKey of(int device, int round) {
        if (device < 0) {
            throw new IllegalArgumentException("devices are numbered from 0, got " + device);
        }
        return new VersionKey(device, round);
    }

    /** Reads what {@link #toString()} prints; throws IllegalArgumentException with the rule if it is something else. */
    public static VersionKey parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "a version must be base@<version> or <device>@<round>, for example 42@17, got " + text);
        }
        int owner = parts.group(1).equals("base") ? BASE : Integer.parseInt(parts.group(1));
        return new VersionKey(owner, Integer.parseInt(parts.group(2)));
    }

    public boolean isBase() {
        return owner == BASE;
    }

    @Override
    public int compareTo(VersionKey other) {
        int byOwner = Integer.compare(owner, other.owner);
        return byOwner != 0 ? byOwner : Integer.compare(sequence, other.sequence);
    }

    /** {@code base@17} or {@code 42@17}. */
    @Override
    public String toString() {
        return (isBase() ? "base" : String.valueOf(owner)) + "@" + sequence;
    }
}
