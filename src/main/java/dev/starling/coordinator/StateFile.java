package dev.starling.coordinator;

import dev.starling.algorithm.AlgorithmSettings.Server;
import dev.starling.algorithm.OptimizerState;
import dev.starling.device.BaseModel;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.store.DurableFile;
import dev.starling.store.ModelRoot;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A {@link SavedState} in a file: magic, fields, CRC-32 of all of it. Bases are values only, as the layout follows from
 * the scenario, and are verified by their roots besides.
 */
final class StateFile {

    private static final String MAGIC = "STARLING STATE 1";

    private StateFile() {}

    /** Returns when the file is whole and on the disk. */
    static void write(Path file, SavedState state) throws IOException {
        DurableFile.write(file, plain -> {
            CheckedOutputStream checked = new CheckedOutputStream(plain, new CRC32());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeUTF(MAGIC);
            out.writeInt(state.round());
            out.writeDouble(state.wallSeconds());
            out.writeInt(state.bases().size());
            for (BaseModel base : state.bases()) {
                out.writeInt(base.version());
                out.writeUTF(base.root().hex());
                byte[] values = new byte[base.weights().bytes().remaining()];
                base.weights().bytes().get(values);
                out.writeInt(values.length);
                out.write(values);
            }
            write(out, state.optimizer());
            out.flush();
            plain.writeLong(checked.getChecksum().getValue());
        });
    }

    private static void write(DataOutputStream out, OptimizerState optimizer) throws IOException {
        out.writeUTF(optimizer.kind().name());
        out.writeInt(optimizer.vectors());
        for (int i = 0; i < optimizer.vectors(); i++) {
            double[] vector = optimizer.vector(i);
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(8, vector.length));
            bytes.asDoubleBuffer().put(vector);
            out.writeInt(vector.length);
            out.write(bytes.array());
        }
    }

    /** The round after which {@code file} was written; the rest of it is not looked at. */
    static int round(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            requireMagic(in);
            return in.readInt();
        }
    }

    private static void requireMagic(DataInputStream in) throws IOException {
        if (!in.readUTF().equals(MAGIC)) {
            throw new IOException("it does not start as such a file does");
        }
    }

    /** What {@code file} holds; throws IOException saying what is wrong unless all of it is as it was written. */
    static SavedState read(Path file, TensorLayout layout) throws IOException {
        try (DataInputStream plain = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            CheckedInputStream checked = new CheckedInputStream(plain, new CRC32());
            DataInputStream in = new DataInputStream(checked);
            requireMagic(in);
            int round = in.readInt();
            double wallSeconds = in.readDouble();
            List<BaseModel> bases = new ArrayList<>();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                bases.add(base(in, layout));
            }
            SavedState state = new SavedState(round, bases, optimizer(in), wallSeconds);
            if (plain.readLong() != checked.getChecksum().getValue()) {
                throw new IOException("its check sum is wrong");
            }
            return state;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static BaseModel base(DataInputStream in, TensorLayout layout) throws IOException {
        int version = in.readInt();
        ModelRoot root = new ModelRoot(in.readUTF());
        Snapshot weights = Snapshot.ofBytes(layout, values(in, in.readInt(), layout.bytes()));
        if (!ModelRoot.of(weights).equals(root)) {
            throw new IOException("base version " + version + " must have root " + root + ", its values have another");
        }
        return new BaseModel(version, root, weights);
    }

    /** Lengths come from the file: none but what is expected is allocated. */
    private static byte[] values(DataInputStream in, int length, long expected) throws IOException {
        if (length != expected) {
            throw new IOException("values must be " + expected + " bytes, got " + length);
        }
        byte[] values = new byte[length];
        in.readFully(values);
        return values;
    }

    private static OptimizerState optimizer(DataInputStream in) throws IOException {
        Server kind = Server.valueOf(in.readUTF());
        int count = in.readInt();
        List<double[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = in.readInt();
            byte[] bytes = in.readNBytes(Math.multiplyExact(8, length));
            if (bytes.length != 8 * length) {
                throw new IOException("it ends too early");
            }
            double[] vector = new double[length];
            ByteBuffer.wrap(bytes).asDoubleBuffer().get(vector);
            vectors.add(vector);
        }
        return OptimizerState.of(kind, vectors.toArray(double[][]::new));
    }
}
