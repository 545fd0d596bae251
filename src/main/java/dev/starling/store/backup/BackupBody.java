package dev.starling.store.backup;

import dev.starling.base.Bytes;
import dev.starling.base.SimTime;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.DamagedModelException;
import dev.starling.store.ModelRoot;
import dev.starling.store.VersionKey;
import dev.starling.store.form.VersionCodec;
import java.util.Optional;

/** A backup without its envelope, as bytes and back: manifest, values, embedded base, parts, in this order. */
final class BackupBody {

    private BackupBody() {}

    static byte[] write(ModelBackup backup) {
        BodyWriter out = new BodyWriter();
        Manifest manifest = backup.manifest();
        out.text(manifest.run());
        key(out, manifest.key());
        out.time(manifest.created());
        out.list(manifest.layout().tensors(), tensor -> {
            out.text(tensor.name());
            out.list(tensor.shape(), out::bits);
            out.flag(tensor.trainable());
            out.flag(tensor.personal());
        });
        out.root(manifest.root().hex());
        out.optional(manifest.base(), base -> {
            key(out, base.key());
            out.root(base.root().hex());
        });
        out.bytes(backup.values().toArray());
        out.optional(backup.embeddedBase(), base -> out.bytes(base.toArray()));
        PartCodec.write(backup.parts(), out);
        return out.toArray();
    }

    /** Throws BackupRefusedException if {@code body} is no backup's, or says that a model is larger than allowed. */
    static ModelBackup read(byte[] body, BackupLimits limits) {
        try {
            BodyReader in = new BodyReader(body);
            String run = in.text();
            VersionKey key = key(in);
            SimTime created = in.time();
            TensorLayout layout = new TensorLayout(in.list(10, () -> tensor(in)));
            limits.requireModel(layout.bytes());
            ModelRoot root = new ModelRoot(in.root());
            Optional<Manifest.Base> base = in.optional(() -> new Manifest.Base(key(in), new ModelRoot(in.root())));
            Manifest manifest = new Manifest(run, key, created, layout, root, base);
            Bytes values = Bytes.of(in.bytes());
            Optional<Bytes> embedded = in.optional(() -> Bytes.of(in.bytes()));
            BackupParts parts = PartCodec.read(in, layout);
            in.requireEnd();
            return new ModelBackup(manifest, values, embedded, parts);
        } catch (IllegalArgumentException | ArithmeticException | DamagedModelException e) {
            throw BackupRefusedException.damaged(String.valueOf(e.getMessage()));
        }
    }

    private static TensorSpec tensor(BodyReader in) {
        return new TensorSpec(in.text(), in.list(4, in::bits32), in.flag(), in.flag());
    }

    static void key(BodyWriter out, VersionKey key) {
        out.bits(key.owner());
        out.bits(key.sequence());
    }

    static VersionKey key(BodyReader in) {
        return new VersionKey(in.bits32(), in.bits32());
    }

    static void model(BodyWriter out, Snapshot model) {
        out.bytes(VersionCodec.encode(model));
    }

    static Snapshot model(BodyReader in, TensorLayout layout) {
        return VersionCodec.decode(in.bytes(), layout);
    }
}
