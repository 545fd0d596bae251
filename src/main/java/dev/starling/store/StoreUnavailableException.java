package dev.starling.store;

/** The database cannot be reached, or is too busy: nothing was changed for certain; the same call may succeed later. */
public final class StoreUnavailableException extends StoreException {

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
