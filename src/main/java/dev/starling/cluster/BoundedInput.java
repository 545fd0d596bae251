package dev.starling.cluster;

import com.esotericsoftware.kryo.io.Input;

/** Reads bytes of a message; what claims to be longer than the rest of it is refused before memory is allocated. */
final class BoundedInput extends Input {

    BoundedInput(byte[] bytes, int offset, int count) {
        super(bytes, offset, count);
    }

    @Override
    public byte[] readBytes(int length) {
        return super.readBytes(KryoSerializer.checkedSize(length, this));
    }

    /** Characters of a string, plus one; each takes a byte at least. */
    @Override
    public int readVarIntFlag(boolean optimizePositive) {
        int lengthPlusOne = super.readVarIntFlag(optimizePositive);
        if (lengthPlusOne != 0) {
            KryoSerializer.checkedSize(lengthPlusOne - 1, this);
        }
        return lengthPlusOne;
    }
}
