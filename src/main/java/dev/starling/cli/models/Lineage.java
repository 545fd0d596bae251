package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.cli.Figures;
import dev.starling.store.CorruptVersionException;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A version and what it was made from, down to a version that stands on its own. */
final class Lineage {

    private static final int MAX_DEPTH = 10_000;

    private Lineage() {}

    /** {@code version} first; each starts from the one behind it, and the last from none. */
    static List<VersionRecord> of(OpenStore open, VersionRecord version) {
        List<VersionRecord> line = new ArrayList<>(List.of(version));
        Optional<VersionKey> next = origin(version);
        while (next.isPresent() && line.size() < MAX_DEPTH) {
            VersionKey key = next.get();
            Optional<VersionRecord> found = open.store().find(open.run(), key);
            if (found.isEmpty()) {
                VersionRecord last = line.get(line.size() - 1);
                if (last.reference().isPresent()) {
                    throw CorruptVersionException.unreadable(
                            open.run(), last.key(), last.root(), "version " + key + ", which it refers to, is missing");
                }
                break; // Retired: what came of it has all its values.
            }
            line.add(found.get());
            next = origin(found.get());
        }
        return line;
    }

    /** What its values are kept against; for one that has them all, the base that it was trained from. */
    private static Optional<VersionKey> origin(VersionRecord version) {
        return version.reference()
                .or(() -> version.recipe()
                        .map(recipe -> VersionKey.base(recipe.base()))
                        .filter(base -> base.compareTo(version.key()) < 0));
    }

    /** A few lines a version, one below the other. */
    static List<String> tree(List<VersionRecord> line, boolean drawn) {
        List<String> text = new ArrayList<>();
        for (int depth = 0; depth < line.size(); depth++) {
            VersionRecord version = line.get(depth);
            String indent = depth == 0 ? "" : "   ".repeat(depth - 1) + (drawn ? "\u2514\u2500 " : "`- ");
            String below = "   ".repeat(depth);
            text.add(indent + version.key() + "  " + Forms.word(version.form())
                    + version.reference().map(from -> " from " + from).orElse("") + ", "
                    + Figures.bytes(version.bytes()) + ", root "
                    + version.root().hex().substring(0, VersionTable.ROOT_DIGITS));
            text.add(below + "made at " + version.created());
            version.recipe()
                    .ifPresent(recipe -> text.add(below + "trained in round " + recipe.round() + " from base@"
                            + recipe.base() + ", at most " + Figures.count(recipe.steps()) + " steps"));
            version.metrics()
                    .ifPresent(metrics -> text.add(below + "examples " + Figures.count(metrics.examples()) + ", steps "
                            + Figures.count(metrics.steps()) + ", loss " + VersionTable.loss(metrics) + ", accuracy "
                            + VersionTable.accuracy(metrics)));
            if (!version.tags().isEmpty()) {
                text.add(below + "tags " + String.join(", ", version.tags()));
            }
        }
        return text;
    }

    /** Of {@code line}, those that a recovery reads: up to the first with all its values. */
    static long recoveryBytes(List<VersionRecord> line) {
        long bytes = 0;
        for (VersionRecord version : line) {
            bytes += version.bytes();
            if (version.reference().isEmpty()) {
                return bytes;
            }
        }
        throw new InputException(line.get(0).key().toString(), "its chain has no end");
    }
}
