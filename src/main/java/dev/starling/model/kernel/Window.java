package dev.starling.model.kernel;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A pointer that can be moved, so that a call into a native library allocates nothing. Owns no memory. */
final class Window extends FloatPointer {

    Window() {
        super((Pointer) null);
    }

    Window moveTo(long newAddress) {
        this.address = newAddress;
        return this;
    }
}
