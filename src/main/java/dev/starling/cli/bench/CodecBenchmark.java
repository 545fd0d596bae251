package dev.starling.cli.bench;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.model.Architecture;
import dev.starling.model.LocalSettings;
import dev.starling.model.LocalTrainer;
import dev.starling.model.Parameters;
import dev.starling.model.Snapshot;
import dev.starling.store.form.AdoptedModel;
import dev.starling.store.form.VersionCodec;
import java.util.List;
import java.util.function.Supplier;

/**
 * Measures the forms of the store on a small model that was trained from a base: what they take per parameter, and how
 * fast they are made and read. The examples are generated, so that this runs without files.
 */
public final class CodecBenchmark {

    /** What {@code --workload} calls it. */
    public static final String NAME = "store-codec";

    private static final int BASE_EPOCHS = 50;
    private static final int PERSONAL_EPOCHS = 5;
    private static final int REPETITIONS = 500;

    private final Workload workload = Workload.named("housing").orElseThrow();
    private final Architecture architecture = workload.architecture();
    private final int slices;

    /**
     * One form.
     *
     * @param encodeMegabytesPerSecond of the model's values in memory, 4 bytes each; decoding likewise
     */
    public record Result(
            String form,
            int parameters,
            int bytes,
            double bitsPerParameter,
            double encodeMicros,
            double decodeMicros,
            double encodeMegabytesPerSecond,
            double decodeMegabytesPerSecond) {}

    /** @param slices the best of so many tries counts */
    public CodecBenchmark(int slices) {
        this.slices = slices;
    }

    /** Trains, then measures each form. */
    public List<Result> measure() {
        Seeds seeds = new Seeds(1);
        Snapshot first = architecture.initial(workload.model().initializer(), seeds.of(Purpose.INITIAL_MODEL));
        Snapshot base = trained(first, seeds, 0, workload.examples(), BASE_EPOCHS);
        Snapshot personal = trained(base, seeds, 1, 50, PERSONAL_EPOCHS);
        byte[] adopted = AdoptedModel.adopt(base, personal, 8).payload().toArray();
        byte[] coarse = AdoptedModel.adopt(base, personal, 4).payload().toArray();
        byte[] snapshot = VersionCodec.encode(personal);
        byte[] delta = VersionCodec.encodeDelta(personal, base);
        return List.of(
                result(
                        "snapshot",
                        snapshot,
                        () -> VersionCodec.encode(personal),
                        () -> VersionCodec.decode(snapshot, base.layout())),
                result(
                        "delta",
                        delta,
                        () -> VersionCodec.encodeDelta(personal, base),
                        () -> VersionCodec.decodeDelta(delta, base)),
                result(
                        "int8 adopted",
                        adopted,
                        () -> AdoptedModel.adopt(base, personal, 8),
                        () -> VersionCodec.decodeDelta(adopted, base)),
                result(
                        "int4 adopted",
                        coarse,
                        () -> AdoptedModel.adopt(base, personal, 4),
                        () -> VersionCodec.decodeDelta(coarse, base)));
    }

    private Snapshot trained(Snapshot from, Seeds seeds, long device, int examples, int epochs) {
        RandomExamples owned = new RandomExamples(examples, workload.shape(), seeds.of(Purpose.GENERATE_DATA, device));
        LocalSettings settings = new LocalSettings(epochs, 10, 1e-3, 0, 0, 0, true);
        try (LocalTrainer trainer = new LocalTrainer(architecture);
                Parameters before = Parameters.of(from);
                Parameters after = Parameters.allocate(architecture.layout())) {
            trainer.train(before, after, owned, settings, Integer.MAX_VALUE, seeds.of(Purpose.SHUFFLE, device));
            return after.snapshot();
        }
    }

    private Result result(String form, byte[] payload, Supplier<Object> encode, Supplier<Object> decode) {
        int parameters = architecture.layout().count();
        double encodeMicros = micros(encode);
        double decodeMicros = micros(decode);
        return new Result(
                form,
                parameters,
                payload.length,
                8.0 * payload.length / parameters,
                encodeMicros,
                decodeMicros,
                4 * parameters / encodeMicros,
                4 * parameters / decodeMicros);
    }

    private double micros(Supplier<Object> work) {
        double best = Double.POSITIVE_INFINITY;
        for (int slice = 0; slice < slices; slice++) {
            long start = System.nanoTime();
            for (int i = 0; i < REPETITIONS; i++) {
                if (work.get() == null) {
                    throw new IllegalStateException("nothing was coded");
                }
            }
            best = Math.min(best, (System.nanoTime() - start) / 1e3 / REPETITIONS);
        }
        return best;
    }
}
