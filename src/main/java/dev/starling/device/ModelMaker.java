package dev.starling.device;

import dev.starling.base.Bytes;
import dev.starling.data.view.DeviceViews;
import dev.starling.device.Work.Task;
import dev.starling.model.Evaluation;
import dev.starling.model.Examples;
import dev.starling.model.LocalResult;
import dev.starling.model.Parameters;
import dev.starling.model.PersonalTensors;
import dev.starling.model.RunningStatistics;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.store.form.AdoptedModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes personal models: from bases, a device's data and its model before to its model after. Pure: the same lineage
 * gives the same bits, whether a device works for the first time or its model is made again.
 */
final class ModelMaker {

    private static final LocalResult NOTHING = new LocalResult(0, 0, 0, 0);

    private final LocalTraining training;
    private final DeviceViews views;
    private final PersonalTensors personalTensors;
    private final RunningStatistics statistics;
    private final int adopt;

    /** @param adopt bits that what was learnt is rounded to, 8 or 4; 0: it is not */
    ModelMaker(LocalTraining training, DeviceViews views, TensorLayout layout, int adopt) {
        this.adopt = adopt;
        this.training = training;
        this.views = views;
        this.personalTensors = new PersonalTensors(layout);
        this.statistics = new RunningStatistics(layout);
    }

    /**
     * The model that {@code lineage} leads to; its values are also left in the weights of {@code bench}.
     *
     * @param bases at least the versions of the lineage
     * @param held the device's model now; taken as a start if it is one of the lineage's own models
     */
    PersonalModel make(
            Workbench bench, int device, Lineage lineage, Map<Integer, BaseModel> bases, @Nullable PersonalModel held) {
        List<Work> works = lineage.works();
        PersonalModel own = null;
        int done = 0;
        if (held != null) {
            List<Work> heldWorks = held.lineage().works();
            int before = heldWorks.size();
            if (before < works.size() && works.subList(0, before).equals(heldWorks)) {
                own = held;
                done = before;
            }
        }
        for (Work work : works.subList(done, works.size())) {
            own = next(bench, device, work, bases, own);
        }
        if (own == null) {
            throw new IllegalArgumentException("device " + device + " has never worked: there is no model to make");
        }
        return own;
    }

    @SuppressWarnings("ReferenceEquality") // A base in whole is loaded once per thread and version.
    private PersonalModel next(
            Workbench bench, int device, Work work, Map<Integer, BaseModel> bases, @Nullable PersonalModel own) {
        Lineage lineage = own == null ? Lineage.of(work) : own.lineage().then(work, personalTensors.any());
        BaseModel base = base(bases, work.version());
        boolean trains = work.task() == Task.FEDERATED || work.task() == Task.PERSONAL || work.task() == Task.RETRAIN;
        Snapshot start = start(work, base, bases, own);
        LocalResult result = NOTHING;
        Snapshot weights = start;
        Optional<Snapshot> velocity = Optional.empty();
        Optional<Bytes> adopted = Optional.empty();
        if (trains) {
            Parameters from = start == base.weights() ? bench.base(base) : bench.own(start);
            Optional<Snapshot> before = own == null || work.task() != Task.PERSONAL ? Optional.empty() : own.velocity();
            result = training.train(bench, from, device, work, before);
            weights = bench.weights().snapshot();
            velocity = training.velocity(bench, work);
            if (adopt > 0 && !result.diverged()) {
                AdoptedModel rounded = AdoptedModel.adopt(base.weights(), weights, adopt);
                weights = rounded.model();
                adopted = Optional.of(rounded.payload());
                bench.weights().load(weights);
            }
        } else {
            bench.weights().load(weights);
            velocity = own == null || work.task() != Task.KEEP ? Optional.empty() : own.velocity();
        }
        Optional<UpdateEffect> effect = own == null ? Optional.empty() : own.update();
        // Before its first training a device has nothing of its own to put into the parts that the base leaves open.
        if (work.task().isUpdate() && (own != null || !personalTensors.any())) {
            Snapshot before = own == null ? base.weights() : own.weights();
            Examples heldOut = views.heldOut(device, work.now());
            effect = Optional.of(new UpdateEffect(
                    work.version(), evaluate(bench, before, heldOut), evaluate(bench, weights, heldOut)));
        }
        return new PersonalModel(lineage, weights, result, velocity, effect, adopted);
    }

    private Snapshot start(Work work, BaseModel base, Map<Integer, BaseModel> bases, @Nullable PersonalModel own) {
        if (own == null) {
            return base.weights();
        }
        return switch (work.task()) {
            case FEDERATED, REPLACE, RETRAIN ->
                personalTensors.any() ? personalTensors.keptIn(base.weights(), own.weights()) : base.weights();
            case PERSONAL, KEEP -> own.weights();
            case REBASE -> {
                Snapshot rebased =
                        rebased(base.weights(), own, base(bases, own.work().version()));
                // Adding and subtracting would round what is to stay as it was.
                yield personalTensors.any() ? personalTensors.keptIn(rebased, own.weights()) : rebased;
            }
        };
    }

    /**
     * New base + (own − old base), value by value: what was learnt on the old base is applied to the new one. Running
     * statistics were not learnt but measured, and three of them added up may be no variance: the new base's stay.
     */
    private Snapshot rebased(Snapshot base, PersonalModel own, BaseModel oldBase) {
        float[] values = base.toFloats();
        float[] mine = own.weights().toFloats();
        float[] old = oldBase.weights().toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] += mine[i] - old[i];
        }
        Snapshot moved = Snapshot.of(base.layout(), values);
        return statistics.any() ? statistics.takenFrom(base, moved) : moved;
    }

    private static BaseModel base(Map<Integer, BaseModel> bases, int version) {
        BaseModel base = bases.get(version);
        if (base == null) {
            throw new IllegalArgumentException("base version " + version + " is needed, there are " + bases.keySet());
        }
        return base;
    }

    private static Evaluation evaluate(Workbench bench, Snapshot weights, Examples examples) {
        return examples.count() == 0
                ? Evaluation.NONE
                : bench.evaluator().evaluate(bench.evaluated(weights), examples, 0, examples.count());
    }
}
