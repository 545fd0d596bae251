package dev.starling.store.backup;

import dev.starling.base.SimTime;
import dev.starling.data.Featurizer;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.ModelRoot;
import dev.starling.store.Pipeline;
import dev.starling.store.PipelinePart;
import dev.starling.store.Recipe;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionMetrics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** Backups with everything that a backup can have. */
final class SampleBackups {

    static final TensorLayout LAYOUT = new TensorLayout(List.of(
            new TensorSpec("0.dense.weight", List.of(2, 3)),
            new TensorSpec("0.dense.bias", List.of(2), true, true),
            new TensorSpec("scale", List.of(), false, false)));

    static final SimTime TIME = new SimTime(1_700_000_000_000L);

    private SampleBackups() {}

    /** Any bits: NaNs with payloads, infinities, subnormals, both zeros. */
    static Snapshot anyBits(long seed) {
        Random random = new Random(seed);
        int[] special = {0x7FC0_1234, 0xFF80_0001, 0x7F80_0000, 0xFF80_0000, 0x8000_0000, 0, 1, 0x807F_FFFF};
        float[] values = new float[LAYOUT.count()];
        byte[] bytes = new byte[4 * values.length];
        for (int i = 0; i < values.length; i++) {
            int bits = random.nextBoolean() ? special[random.nextInt(special.length)] : random.nextInt();
            for (int b = 0; b < 4; b++) {
                bytes[4 * i + b] = (byte) (bits >>> (8 * b));
            }
        }
        return Snapshot.ofBytes(LAYOUT, bytes);
    }

    /** {@code base} with one value changed: smaller as a difference. */
    static Snapshot drifted(Snapshot base) {
        byte[] bytes = new byte[(int) base.layout().bytes()];
        base.bytes().get(bytes);
        bytes[5] ^= 3;
        return Snapshot.ofBytes(base.layout(), bytes);
    }

    static BackupParts parts(long seed) {
        float nan = Float.intBitsToFloat(0x7FC0_4321);
        Featurizer featurizer = new Featurizer(List.of(
                new Featurizer.Affine(nan, -0f),
                new Featurizer.CategoryIndex(List.of(1f, 2f, Float.NEGATIVE_INFINITY)),
                new Featurizer.OneHot(List.of()),
                new Featurizer.Filled(new Featurizer.CategoryIndex(List.of(4f)), nan)));
        Ancestor own = new Ancestor(
                VersionKey.of(42, 17),
                ModelRoot.of(anyBits(1)),
                TIME,
                Optional.of(new Recipe(18, 3, 40, TIME, "personal")),
                Optional.of(new VersionMetrics(100, Double.NaN, 40, OptionalDouble.of(0.5), OptionalDouble.empty())));
        Ancestor base =
                new Ancestor(VersionKey.base(3), ModelRoot.of(anyBits(2)), TIME, Optional.empty(), Optional.empty());
        return new BackupParts(
                Optional.of(featurizer),
                Optional.of(anyBits(seed + 100)),
                Optional.of(new KeyedRandomness(-7, List.of(42L, Long.MIN_VALUE))),
                List.of(own, base),
                Optional.of(Pipeline.EMPTY.with(PipelinePart.SEEDS, "run", 7)));
    }

    static ModelBackup backup(Snapshot model, Optional<Snapshot> base, boolean embed) {
        return ModelBackup.of(
                "housing-1",
                VersionKey.of(42, 17),
                TIME,
                model,
                base.map(values -> new ModelBackup.BaseModel(VersionKey.base(3), values)),
                embed,
                parts(1));
    }
}
