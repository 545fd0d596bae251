package dev.starling.device;

import dev.starling.base.Bytes;
import dev.starling.device.Work.Task;
import dev.starling.model.Evaluation;
import dev.starling.model.LocalResult;
import dev.starling.model.Snapshot;
import dev.starling.store.Choice;
import dev.starling.store.CostModel;
import dev.starling.store.Form;
import dev.starling.store.FormCost;
import dev.starling.store.Recipe;
import dev.starling.store.StoragePolicy;
import dev.starling.store.StoragePolicy.Mode;
import dev.starling.store.VersionFacts;
import dev.starling.store.VersionFacts.Link;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionMetrics;
import dev.starling.store.form.VersionCodec;
import dev.starling.store.sql.NewVersion;
import dev.starling.store.sql.Origin;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides in which form a version is kept, after the scenario's policy, and encodes it. Thread-safe. */
final class VersionForms {

    private static final Logger LOG = LoggerFactory.getLogger(VersionForms.class);

    /** About what the row of a recipe takes. */
    private static final int RECIPE_BYTES = 32;

    /**
     * A version that was kept.
     *
     * @param chain versions that its recovery passes through
     * @param recoverSeconds what its recovery is expected to take
     */
    record Kept(int round, VersionKey key, int chain, double recoverSeconds) {}

    /** The version that a model was trained from. */
    record Parent(Kept kept, Snapshot weights) {}

    /** A version to be written, what is remembered of it, and what it is expected to cost. */
    record Formed(NewVersion version, Kept kept, FormCost cost) {}

    /** The forms that come into question, encoded. */
    private record Payloads(Optional<Bytes> snapshot, Bytes baseDelta, Optional<Bytes> parentDelta) {}

    private final StoragePolicy policy;
    private final CostModel costs;
    private final ModelPipelines pipelines;
    private final boolean personalLayers;
    private final Optional<GivenExamples> given;

    /** @param given what devices have given away of their data, so that recipes are executed centrally; empty if it stays home */
    VersionForms(
            StoragePolicy policy,
            CostModel costs,
            ModelPipelines pipelines,
            boolean personalLayers,
            Optional<GivenExamples> given) {
        this.policy = policy;
        this.costs = costs;
        this.pipelines = pipelines;
        this.personalLayers = personalLayers;
        this.given = given;
    }

    /** A base version, on its own: many versions refer to it. */
    NewVersion base(BaseModel base) {
        Origin origin = new Origin(
                pipelines.start(), Optional.empty(), Optional.of(pipelines.ofBases()), Optional.empty(), Set.of());
        return NewVersion.snapshot(VersionKey.base(base.version()), base.weights(), origin);
    }

    Formed form(
            int device, PersonalModel model, BaseModel base, Optional<Parent> parent, Supplier<PersonalModel> again) {
        Payloads payloads = encode(model, base, parent);
        Optional<VersionFacts.Recipe> recipe = recipe(device, model, parent);
        Choice choice = choose(model, payloads, parent, recipe);
        if (choice.chosen().form() == Form.REPLAY && !again.get().weights().equals(model.weights())) {
            LOG.warn("device {}: {} does not give the same bits again, its values are kept", device, model.work());
            choice = choose(model, payloads, parent, Optional.empty());
        }
        LOG.debug("device {}: {}", device, choice.line());
        if (choice.chosen().form() == Form.REPLAY) {
            given.ifPresent(data -> data.give(device, model.work().now()));
        }
        VersionKey key = VersionKey.of(device, model.work().round());
        Kept kept = new Kept(
                model.work().round(),
                key,
                choice.chosen().chain(),
                choice.chosen().recoverSeconds());
        return new Formed(version(key, model, base, parent, payloads, choice), kept, choice.chosen());
    }

    private Payloads encode(PersonalModel model, BaseModel base, Optional<Parent> parent) {
        Mode mode = policy.mode();
        boolean snapshot = mode == Mode.SNAPSHOT || mode == Mode.AUTO;
        return new Payloads(
                snapshot ? Optional.of(Bytes.of(VersionCodec.encode(model.weights()))) : Optional.empty(),
                model.adopted().orElseGet(() -> Bytes.of(VersionCodec.encodeDelta(model.weights(), base.weights()))),
                parent.filter(from -> mode == Mode.AUTO)
                        .map(from -> Bytes.of(VersionCodec.encodeDelta(model.weights(), from.weights()))));
    }

    private Choice choose(
            PersonalModel model, Payloads payloads, Optional<Parent> parent, Optional<VersionFacts.Recipe> recipe) {
        long bytes = model.weights().layout().bytes();
        VersionFacts facts = new VersionFacts(
                bytes,
                payloads.snapshot().map(snapshot -> (long) snapshot.size()).orElse(bytes),
                Optional.of(new Link(payloads.baseDelta().size(), 0, 0)),
                payloads.parentDelta()
                        .flatMap(delta -> parent.map(from -> new Link(
                                delta.size(), from.kept().chain(), from.kept().recoverSeconds()))),
                recipe);
        return costs.choose(facts);
    }

    /** What can be done again from versions that are in the store. */
    private Optional<VersionFacts.Recipe> recipe(int device, PersonalModel model, Optional<Parent> parent) {
        Task task = model.work().task();
        if (task == Task.FEDERATED && !personalLayers) {
            return Optional.of(recipe(device, model, new Link(0, 0, 0)));
        } else if (task == Task.PERSONAL
                && model.velocity().isEmpty()
                && model.adopted().isEmpty()) {
            return parent.map(from -> recipe(
                    device, model, new Link(0, from.kept().chain(), from.kept().recoverSeconds())));
        }
        return Optional.empty();
    }

    private VersionFacts.Recipe recipe(int device, PersonalModel model, Link start) {
        OptionalLong data = given.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(given.get().missingBytes(device, model.work().now()));
        return new VersionFacts.Recipe(RECIPE_BYTES, data, model.result().examples(), start);
    }

    private NewVersion version(
            VersionKey key,
            PersonalModel model,
            BaseModel base,
            Optional<Parent> parent,
            Payloads payloads,
            Choice choice) {
        Origin origin = origin(model);
        VersionKey baseKey = VersionKey.base(base.version());
        return switch (choice.chosen().form()) {
            case SNAPSHOT -> NewVersion.snapshot(key, model.weights(), origin);
            case DELTA_TO_BASE, ADOPTED ->
                NewVersion.encoded(
                        key,
                        model.weights(),
                        model.adopted().isPresent() ? Form.ADOPTED : Form.DELTA_TO_BASE,
                        Optional.of(baseKey),
                        payloads.baseDelta().toArray(),
                        origin);
            case DELTA_TO_PARENT ->
                NewVersion.encoded(
                        key,
                        model.weights(),
                        Form.DELTA_TO_PARENT,
                        parent.map(from -> from.kept().key()),
                        payloads.parentDelta().orElseThrow().toArray(),
                        origin);
            case REPLAY ->
                NewVersion.replay(
                        key,
                        model.weights(),
                        model.work().task() == Task.PERSONAL
                                ? parent.orElseThrow().kept().key()
                                : baseKey,
                        origin);
        };
    }

    private Origin origin(PersonalModel model) {
        Work work = model.work();
        LocalResult result = model.result();
        String task = work.task().name().toLowerCase(Locale.ROOT);
        VersionMetrics metrics = new VersionMetrics(
                result.examples(),
                result.examples() == 0 ? Double.NaN : result.meanLoss(),
                result.steps(),
                accuracy(model.update().map(UpdateEffect::before)),
                accuracy(model.update().map(UpdateEffect::after)));
        return new Origin(
                work.now(),
                Optional.of(new Recipe(work.round(), work.version(), work.steps(), work.now(), task)),
                Optional.of(pipelines.of(work.task())),
                Optional.of(metrics),
                Set.of());
    }

    private static OptionalDouble accuracy(Optional<Evaluation> measured) {
        return measured.filter(evaluation -> evaluation.examples() > 0)
                .map(evaluation -> OptionalDouble.of(evaluation.accuracy()))
                .orElse(OptionalDouble.empty());
    }
}
