package dev.starling.base;

/**
 * Training led to a model that is not finite. Not an error of the input's form, nor of the program: a message for
 * people.
 */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DivergedException(String message) {
        super(message);
    }
}
