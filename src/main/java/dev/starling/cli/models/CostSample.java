package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.model.Snapshot;
import dev.starling.store.Recipe;
import dev.starling.store.ReplayNeededException;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import dev.starling.store.sql.VersionField;
import dev.starling.store.sql.VersionQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Some personal versions of a run with their values, the versions that they could be kept against, and how many there are.
 *
 * @param personal how many personal versions the run has
 * @param bases how many base versions
 * @param drawn the sample, ascending
 * @param models values of all base versions that the sample was trained from
 * @param skipped versions of the draw whose values cannot be had here: recipes without their data
 */
record CostSample(long personal, long bases, List<Drawn> drawn, Map<VersionKey, Snapshot> models, int skipped) {

    /**
     * One version of the sample.
     *
     * @param base that it was trained from
     * @param parent the version of the same device before, if there is one
     * @param ofDevice how many versions the run has of the device
     */
    record Drawn(VersionRecord record, Snapshot model, VersionKey base, Optional<Parent> parent, long ofDevice) {

        /** Whether its recipe starts from the version before: a session of its own; a federated one starts from the base. */
        boolean trainedOn() {
            return task().equals("personal");
        }

        /** Whether there is a recipe, and what it starts from: an app update computes, and has none that is kept. */
        boolean replayable() {
            return task().equals("federated") || (trainedOn() && parent.isPresent());
        }

        private String task() {
            return record.recipe().map(Recipe::task).orElse("");
        }
    }

    /** The device's version before. */
    record Parent(VersionRecord record, Snapshot model) {}

    CostSample {
        drawn = List.copyOf(drawn);
        models = Map.copyOf(models);
    }

    /** What the recipe of {@code version}, which must be replayable, starts from. */
    Snapshot start(Drawn version) {
        return version.trainedOn() ? version.parent().orElseThrow().model() : base(version);
    }

    /** The base that {@code version} was trained from. */
    Snapshot base(Drawn version) {
        return Objects.requireNonNull(models.get(version.base()));
    }

    /** A keyed draw: the same store and seed give the same sample. */
    static CostSample draw(OpenStore open, int versions, long seed) {
        String run = open.run();
        List<VersionKey> keys = open.store().keys(run, VersionQuery.all().atLeast(VersionField.DEVICE, 0));
        long bases = open.store().count(run, VersionQuery.all().atMost(VersionField.DEVICE, VersionKey.BASE));
        int[] order = new Seeds(seed).of(Purpose.MODEL_SAMPLE).permutation(keys.size());
        List<VersionKey> chosen = new ArrayList<>();
        for (int i = 0; i < Math.min(versions, order.length); i++) {
            chosen.add(keys.get(order[i]));
        }
        List<Drawn> drawn = new ArrayList<>();
        Map<VersionKey, Snapshot> models = new HashMap<>();
        Map<Integer, Long> ofDevice =
                keys.stream().collect(Collectors.groupingBy(VersionKey::owner, Collectors.counting()));
        int skipped = 0;
        for (VersionKey key : chosen.stream().sorted().toList()) {
            try {
                Optional<Drawn> one = drawn(open, key, ofDevice.getOrDefault(key.owner(), 1L), models);
                one.ifPresent(drawn::add);
                skipped += one.isPresent() ? 0 : 1;
            } catch (ReplayNeededException e) {
                skipped++;
            }
        }
        if (drawn.isEmpty()) {
            throw new InputException(
                    run,
                    keys.isEmpty()
                            ? "has no personal versions"
                            : "none of " + chosen.size() + " versions can be recovered here with the base that it was"
                                    + " trained from");
        }
        return new CostSample(keys.size(), bases, drawn, models, skipped);
    }

    /** One version with its base, by choice; InputException if its values cannot be had here. */
    static CostSample one(OpenStore open, VersionRecord version) {
        Map<VersionKey, Snapshot> models = new HashMap<>();
        Drawn drawn = version.key().isBase()
                ? null
                : drawn(open, version.key(), 1, models).orElse(null);
        if (drawn == null) {
            throw new InputException(
                    version.key().toString(),
                    "must be a personal version whose base is in the store: bases are snapshots");
        }
        return new CostSample(1, 1, List.of(drawn), models, 0);
    }

    /** Empty if its base is gone. */
    private static Optional<Drawn> drawn(
            OpenStore open, VersionKey key, long ofDevice, Map<VersionKey, Snapshot> models) {
        VersionRecord record = open.store().find(open.run(), key).orElseThrow();
        Optional<VersionKey> base = record.recipe()
                .map(recipe -> VersionKey.base(recipe.base()))
                .or(() -> record.reference().filter(VersionKey::isBase));
        Optional<VersionRecord> baseRecord = base.flatMap(found -> open.store().find(open.run(), found));
        if (baseRecord.isEmpty()) {
            return Optional.empty();
        }
        models.computeIfAbsent(base.get(), found -> open.recover(baseRecord.get()));
        Optional<Parent> parent = key.sequence() == 0
                ? Optional.empty()
                : open.store()
                        .at(open.run(), key.owner(), key.sequence() - 1)
                        .map(before -> new Parent(before, open.recover(before)));
        return Optional.of(new Drawn(record, open.recover(record), base.get(), parent, ofDevice));
    }
}
