package dev.starling.store.backup;

import dev.starling.data.Featurizer;
import dev.starling.model.TensorLayout;
import dev.starling.store.ModelRoot;
import dev.starling.store.PipelineText;
import dev.starling.store.Recipe;
import dev.starling.store.VersionMetrics;

/** The parts of a backup as bytes and back. */
final class PartCodec {

    private static final int AFFINE = 0;
    private static final int CATEGORY_INDEX = 1;
    private static final int ONE_HOT = 2;
    private static final int FILLED = 3;

    private PartCodec() {}

    static void write(BackupParts parts, BodyWriter out) {
        write(parts.state(), out);
        out.list(parts.lineage(), ancestor -> ancestor(out, ancestor));
        out.optional(parts.pipeline(), pipeline -> out.text(PipelineText.of(pipeline)));
    }

    static void write(DeviceState parts, BodyWriter out) {
        out.optional(parts.featurizer(), featurizer -> out.list(featurizer.columns(), column -> column(out, column)));
        out.optional(parts.velocity(), velocity -> BackupBody.model(out, velocity));
        out.optional(parts.randomness(), randomness -> {
            out.bits(randomness.seed());
            out.list(randomness.keys(), out::bits);
        });
    }

    static BackupParts read(BodyReader in, TensorLayout layout) {
        return BackupParts.of(
                readState(in, layout),
                in.list(50, () -> ancestor(in)),
                in.optional(() -> PipelineText.read(in.text())));
    }

    static DeviceState readState(BodyReader in, TensorLayout layout) {
        return new DeviceState(
                in.optional(() -> new Featurizer(in.list(8, () -> column(in)))),
                in.optional(() -> BackupBody.model(in, layout)),
                in.optional(() -> new KeyedRandomness(in.bits64(), in.list(8, in::bits64))));
    }

    private static void column(BodyWriter out, Featurizer.Column column) {
        if (column instanceof Featurizer.Affine affine) {
            out.bits(AFFINE);
            out.real(affine.mean());
            out.real(affine.factor());
        } else if (column instanceof Featurizer.CategoryIndex index) {
            out.bits(CATEGORY_INDEX);
            out.list(index.categories(), out::real);
        } else if (column instanceof Featurizer.OneHot oneHot) {
            out.bits(ONE_HOT);
            out.list(oneHot.categories(), out::real);
        } else if (column instanceof Featurizer.Filled filled) {
            out.bits(FILLED);
            out.real(filled.value());
            column(out, filled.column());
        }
    }

    private static Featurizer.Column column(BodyReader in) {
        int kind = in.bits32();
        if (kind == FILLED) {
            float value = in.real32();
            return new Featurizer.Filled(plainColumn(in, in.bits32()), value);
        }
        return plainColumn(in, kind);
    }

    /** Nothing is filled twice: bytes that say so for ever must not be followed for ever. */
    private static Featurizer.Column plainColumn(BodyReader in, int kind) {
        return switch (kind) {
            case AFFINE -> new Featurizer.Affine(in.real32(), in.real32());
            case CATEGORY_INDEX -> new Featurizer.CategoryIndex(in.list(4, in::real32));
            case ONE_HOT -> new Featurizer.OneHot(in.list(4, in::real32));
            default -> throw BackupRefusedException.damaged("there is no column of kind " + kind);
        };
    }

    private static void ancestor(BodyWriter out, Ancestor ancestor) {
        BackupBody.key(out, ancestor.key());
        out.root(ancestor.root().hex());
        out.time(ancestor.created());
        out.optional(ancestor.recipe(), recipe -> {
            out.bits(recipe.round());
            out.bits(recipe.base());
            out.bits(recipe.steps());
            out.time(recipe.now());
            out.text(recipe.task());
        });
        out.optional(ancestor.metrics(), metrics -> {
            out.bits(metrics.examples());
            out.real(metrics.meanLoss());
            out.bits(metrics.steps());
            out.optional(metrics.accuracyBefore());
            out.optional(metrics.accuracyAfter());
        });
    }

    private static Ancestor ancestor(BodyReader in) {
        return new Ancestor(
                BackupBody.key(in),
                new ModelRoot(in.root()),
                in.time(),
                in.optional(() -> new Recipe(in.bits32(), in.bits32(), in.bits32(), in.time(), in.text())),
                in.optional(() -> new VersionMetrics(
                        in.bits64(), in.real64(), in.bits32(), in.optionalReal(), in.optionalReal())));
    }
}
