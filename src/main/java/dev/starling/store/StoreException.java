package dev.starling.store;

import org.jspecify.annotations.Nullable;

/** The model store could not do what it was asked. The subclasses say why. */
public class StoreException extends RuntimeException {

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
