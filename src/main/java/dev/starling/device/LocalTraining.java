package dev.starling.device;

import dev.starling.base.InputException;
import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.data.Augmentation;
import dev.starling.data.view.DeviceViews;
import dev.starling.device.Work.Task;
import dev.starling.model.Examples;
import dev.starling.model.LocalResult;
import dev.starling.model.LocalSettings;
import dev.starling.model.LocalTrainer;
import dev.starling.model.Parameters;
import dev.starling.model.Snapshot;
import dev.starling.scenario.PhaseSettings.PreTraining;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a device trains: a pure function of its data, a base version, the seed and the {@link Work}. The result lies in
 * the workbench's weights.
 */
public final class LocalTraining {

    private final Seeds seeds;
    private final DeviceViews views;
    private final LocalSettings settings;
    private final LocalSettings personal;
    private final boolean keepsVelocity;
    private final Augmentation augmentation;

    public LocalTraining(Seeds seeds, DeviceViews views, LocalSettings settings, Augmentation augmentation) {
        this(seeds, views, settings, settings, false, augmentation);
    }

    /**
     * @param personal settings of training on from a device's own model
     * @param keepsVelocity whether that goes on with the momentum of the session before
     */
    LocalTraining(
            Seeds seeds,
            DeviceViews views,
            LocalSettings settings,
            LocalSettings personal,
            boolean keepsVelocity,
            Augmentation augmentation) {
        this.personal = personal;
        this.keepsVelocity = keepsVelocity;
        this.augmentation = augmentation;
        this.seeds = seeds;
        this.views = views;
        this.settings = settings;
    }

    /** Weights := base trained on the device's examples. */
    public LocalResult train(Workbench bench, BaseModel base, int device, Work work) {
        return train(bench, bench.base(base), device, work, Optional.empty());
    }

    /** Weights := {@code start} trained on the device's examples, as its task says. */
    LocalResult train(Workbench bench, Parameters start, int device, Work work, Optional<Snapshot> velocity) {
        Rng shuffle = seeds.of(Purpose.SHUFFLE, device, work.round());
        return trainer(bench, work)
                .train(start, bench.weights(), training(device, work), settings(work), work.steps(), shuffle, velocity);
    }

    private LocalTrainer trainer(Workbench bench, Work work) {
        return work.task() == Task.FEDERATED ? bench.trainer() : bench.personalTrainer();
    }

    private LocalSettings settings(Work work) {
        return work.task() == Task.FEDERATED ? settings : personal;
    }

    /** The momentum that {@code work}, which was just done, leaves to the next session; empty if none is kept. */
    Optional<Snapshot> velocity(Workbench bench, Work work) {
        return keepsVelocity && work.task() != Task.FEDERATED
                ? Optional.of(bench.personalTrainer().velocity(personal))
                : Optional.empty();
    }

    /**
     * Weights := gradient of one batch at the base, and by how much that batch moves running statistics: batch {@code
     * round − 1} of an endless walk over the device's examples, reshuffled at each pass.
     */
    public LocalResult gradient(Workbench bench, BaseModel base, int device, Work work) {
        Examples examples = training(device, work);
        int steps = settings.stepsPerEpoch(examples.count());
        int pass = (work.round() - 1) / steps;
        int batch = settings.largestBatch(examples.count());
        int from = (work.round() - 1) % steps * batch;
        int[] order = settings.shuffle()
                ? seeds.of(Purpose.SHUFFLE, device, pass).permutation(examples.count())
                : IntStream.range(0, examples.count()).toArray();
        Parameters gradient = bench.weights();
        int count = Math.min(batch, examples.count() - from);
        long key = seeds.of(Purpose.AUGMENTATION, device, work.round()).nextLong();
        LocalResult result = bench.trainer().gradient(bench.base(base), gradient, examples, order, from, count, key);
        bench.trainer().addDecay(gradient, bench.base(base), settings.weightDecay());
        return result;
    }

    private Examples training(int device, Work work) {
        return augmentation.over(
                views.training(device, work.now()), views.data().shape());
    }

    /**
     * {@code start} trained on the coordinator's own examples.
     *
     * @param version of the base to start from: later trainings visit the examples in other orders
     */
    Snapshot preTrain(Workbench bench, Snapshot start, int version, PreTraining settings) {
        LocalSettings plain =
                new LocalSettings(settings.epochs(), settings.batchSize(), settings.learningRate(), 0, 0, 0, true);
        Rng shuffle = version == 0 ? seeds.of(Purpose.PRE_TRAINING) : seeds.of(Purpose.PRE_TRAINING, version);
        Examples proxy = augmentation.over(views.data().proxy(), views.data().shape());
        Parameters from = bench.evaluated(start);
        LocalResult result = settings.rmsProp()
                .map(rmsProp -> bench.trainer().train(from, bench.weights(), proxy, plain, rmsProp, shuffle))
                .orElseGet(
                        () -> bench.trainer().train(from, bench.weights(), proxy, plain, Integer.MAX_VALUE, shuffle));
        if (result.diverged()) {
            throw new InputException(
                    "pre-training", "diverged at step " + result.divergedAtStep() + ": choose a smaller learning-rate");
        }
        return bench.weights().snapshot();
    }
}
