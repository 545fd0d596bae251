package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the version that somebody means by {@code base@17}, {@code 42@17}, {@code 42} or the first digits of a root. */
final class VersionReference {

    private static final String RULE =
            "must be base@<version>, <device>@<round>, a device (its latest version), base, or"
                    + " the first 6 or more digits of a model root";
    private static final int SHOWN = 5;

    private VersionReference() {}

    /** Throws InputException, with what there is instead, unless exactly one version is meant. */
    static VersionRecord find(OpenStore open, String text) {
        if (text.contains("@")) {
            return exact(open, text);
        }
        if (text.equals("base")) {
            return latest(open, VersionKey.BASE)
                    .orElseThrow(() -> new InputException(text, "run " + open.run() + " has no base version"));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        boolean device = text.matches("[0-9]{1,9}") && Integer.parseInt(text) <= VersionKey.MAX_OWNER;
        Optional<VersionRecord> found = device ? latest(open, Integer.parseInt(text)) : Optional.empty();
        if (found.isPresent()) {
            return found.get();
        }
        if (lower.matches("[0-9a-f]{6,64}")) {
            return rooted(open, text, lower);
        }
        throw new InputException(
                text, device ? "device " + text + " has no version in run " + open.run() : RULE + ", got " + text);
    }

    private static Optional<VersionRecord> latest(OpenStore open, int owner) {
        return open.store().at(open.run(), owner, VersionKey.MAX_SEQUENCE);
    }

    private static VersionRecord exact(OpenStore open, String text) {
        VersionKey key;
        try {
            key = VersionKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InputException(text, RULE + ", got " + text);
        }
        return open.store().find(open.run(), key).orElseThrow(() -> {
            String owner = key.isBase() ? "the base" : "device " + key.owner();
            String rest = open.store()
                    .at(open.run(), key.owner(), key.sequence())
                    .map(before -> "; the one before is " + before.key())
                    .or(() -> latest(open, key.owner()).map(last -> "; the latest is " + last.key()))
                    .orElse("; " + owner + " has no version at all");
            return new InputException(text, "run " + open.run() + " has no version " + key + rest);
        });
    }

    private static VersionRecord rooted(OpenStore open, String text, String digits) {
        List<VersionRecord> found = open.store().rooted(open.run(), digits, SHOWN + 1);
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            throw new InputException(text, "no version of run " + open.run() + " has a root that starts so");
        }
        String keys = found.stream()
                .limit(SHOWN)
                .map(version -> version.key().toString())
                .collect(Collectors.joining(", "));
        throw new InputException(
                text,
                "several versions have a root that starts so: " + keys + (found.size() > SHOWN ? ", …" : "")
                        + "; write one of them");
    }
}
