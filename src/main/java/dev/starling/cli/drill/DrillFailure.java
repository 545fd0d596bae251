package dev.starling.cli.drill;

/** Something that a drill needs did not happen. */
final class DrillFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    DrillFailure(String message) {
        super(message);
    }
}
