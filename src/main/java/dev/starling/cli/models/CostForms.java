package dev.starling.cli.models;

import dev.starling.base.SimTime;
import dev.starling.model.Snapshot;
import dev.starling.store.Form;
import dev.starling.store.Rates;
import dev.starling.store.VersionFacts;
import dev.starling.store.VersionFacts.Link;
import dev.starling.store.VersionKey;
import dev.starling.store.form.VersionCodec;
import dev.starling.store.sql.NewVersion;
import dev.starling.store.sql.Origin;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The versions of a {@link CostSample} in each form. */
final class CostForms {

    /** Of a recipe in a version's row, about: as devices count it. */
    private static final int RECIPE_BYTES = 32;

    private static final Origin ORIGIN = Origin.at(new SimTime(0));

    private CostForms() {}

    /**
     * What the cost model wants to know; encodes the version in all forms. Bases count as at hand.
     *
     * @param data the version's share of its device's examples, where these are kept centrally
     */
    static VersionFacts facts(
            CostSample.Drawn drawn, CostSample sample, Rates rates, boolean replays, OptionalLong data) {
        long modelBytes = drawn.model().layout().bytes();
        Snapshot base = sample.base(drawn);
        Link toBase = new Link(VersionCodec.encodeDelta(drawn.model(), base).length, 0, 0);
        Optional<Link> toParent = drawn.parent()
                .map(parent -> new Link(
                        VersionCodec.encodeDelta(drawn.model(), parent.model()).length,
                        1,
                        rates.secondsPerRead()
                                + toBase.bytes() / rates.storeBytesPerSecond()
                                + modelBytes / rates.decodeBytesPerSecond()));
        Link start = drawn.trainedOn() ? toParent.orElse(toBase) : new Link(0, 0, 0);
        Optional<VersionFacts.Recipe> recipe = replays && drawn.replayable()
                ? drawn.record()
                        .metrics()
                        .map(metrics -> new VersionFacts.Recipe(RECIPE_BYTES, data, metrics.examples(), start))
                : Optional.empty();
        return new VersionFacts(
                modelBytes, VersionCodec.encode(drawn.model()).length, Optional.of(toBase), toParent, recipe);
    }

    /** To be saved in {@code form}, which is none without bytes. */
    static NewVersion encoded(CostSample.Drawn drawn, CostSample sample, Form form) {
        VersionKey key = drawn.record().key();
        return switch (form) {
            case SNAPSHOT -> NewVersion.snapshot(key, drawn.model(), ORIGIN);
            case DELTA_TO_BASE, ADOPTED ->
                NewVersion.delta(key, drawn.model(), drawn.base(), sample.base(drawn), ORIGIN);
            case DELTA_TO_PARENT -> {
                CostSample.Parent parent = drawn.parent().orElseThrow();
                yield NewVersion.delta(key, drawn.model(), parent.record().key(), parent.model(), ORIGIN);
            }
            case REPLAY ->
                NewVersion.replay(
                        key,
                        drawn.model(),
                        drawn.trainedOn()
                                ? drawn.parent().orElseThrow().record().key()
                                : drawn.base(),
                        ORIGIN.with(
                                drawn.record().recipe().orElseThrow(),
                                drawn.record().metrics().orElseThrow()));
        };
    }

    /** A parent that is not itself in the sample: a delta, where its base is known, as most are. */
    static NewVersion parent(CostSample.Drawn drawn, CostSample sample) {
        CostSample.Parent parent = drawn.parent().orElseThrow();
        Optional<VersionKey> base = parent.record()
                .recipe()
                .map(recipe -> VersionKey.base(recipe.base()))
                .filter(sample.models()::containsKey);
        return base.map(key -> NewVersion.delta(
                        parent.record().key(),
                        parent.model(),
                        key,
                        Objects.requireNonNull(sample.models().get(key)),
                        ORIGIN))
                .orElseGet(() -> NewVersion.snapshot(parent.record().key(), parent.model(), ORIGIN));
    }
}
