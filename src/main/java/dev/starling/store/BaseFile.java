package dev.starling.store;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of a base version's file: magic, version, root as 64 hexadecimal digits, number of tensors, each tensor's
 * name and shape, then all values as they lie in a snapshot. Integers are little-endian and 4 bytes wide; a name
 * stands behind its length.
 */
final class BaseFile {

    private static final byte[] MAGIC = "STARLING BASE 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int ROOT_DIGITS = 64;

    private BaseFile() {}

    /** Bytes of a file that holds a model of this layout. */
    static long size(TensorLayout layout) {
        long size = MAGIC.length + 4 + ROOT_DIGITS + 4 + layout.bytes();
        for (TensorSpec tensor : layout.tensors()) {
            int name = tensor.name().getBytes(StandardCharsets.UTF_8).length;
            size += 4 + name + 4 + 4L * tensor.shape().size();
        }
        return size;
    }

    static byte[] encode(int version, ModelRoot root, Snapshot base) {
        List<TensorSpec> tensors = base.layout().tensors();
        List<byte[]> names = tensors.stream()
                .map(tensor -> tensor.name().getBytes(StandardCharsets.UTF_8))
                .toList();
        ByteBuffer buffer =
                ByteBuffer.allocate(Math.toIntExact(size(base.layout()))).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC).putInt(version).put(root.hex().getBytes(StandardCharsets.US_ASCII));
        buffer.putInt(tensors.size());
        for (int i = 0; i < tensors.size(); i++) {
            buffer.putInt(names.get(i).length).put(names.get(i));
            buffer.putInt(tensors.get(i).shape().size());
            tensors.get(i).shape().forEach(buffer::putInt);
        }
        return buffer.put(base.bytes()).array();
    }

    /** The base in {@code bytes}; throws DamagedModelException unless it is version {@code version} with its root. */
    static Snapshot decode(int version, String file, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (!Arrays.equals(take(buffer, MAGIC.length), MAGIC)) {
                throw new DamagedModelException(version, file, "it does not start as a base file does");
            }
            int found = buffer.getInt();
            if (found != version) {
                throw new DamagedModelException(version, file, "it says it is version " + found);
            }
            String root = new String(take(buffer, ROOT_DIGITS), StandardCharsets.US_ASCII);
            Snapshot base = Snapshot.ofBytes(layout(buffer), take(buffer, buffer.remaining()));
            String actual = ModelRoot.of(base).hex();
            if (!actual.equals(root)) {
                throw new DamagedModelException(
                        version, file, "its root must be " + root + ", its values have " + actual);
            }
            return base;
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | ArithmeticException
                | CharacterCodingException e) {
            throw new DamagedModelException(version, file, "its header cannot be read (" + e + ")");
        }
    }

    private static TensorLayout layout(ByteBuffer buffer) throws CharacterCodingException {
        List<TensorSpec> tensors = new ArrayList<>();
        int count = buffer.getInt();
        for (int i = 0; i < count; i++) {
            byte[] name = take(buffer, buffer.getInt());
            List<Integer> shape = new ArrayList<>();
            int rank = buffer.getInt();
            for (int dimension = 0; dimension < rank; dimension++) {
                shape.add(buffer.getInt());
            }
            tensors.add(new TensorSpec(utf8(name), shape));
        }
        return new TensorLayout(tensors);
    }

    /** Lengths come from the file: none beyond what is there is allocated. */
    private static byte[] take(ByteBuffer buffer, int length) {
        if (length < 0 || length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    private static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
