package dev.starling.store;

/** How a version is kept. */
public enum Form {
    /** All values. */
    SNAPSHOT(0, "snapshot"),
    /** What differs from the base version that it started from. */
    DELTA_TO_BASE(1, "delta against base"),
    /** What differs from the same device's version before. */
    DELTA_TO_PARENT(2, "delta against parent"),
    /** The rounded difference from the base, which the device took as its real model. */
    ADOPTED(3, "rounded delta, adopted"),
    /** Nothing but the recipe: the training is executed again. */
    REPLAY(4, "replay");

    private final int code;
    private final String label;

    Form(int code, String label) {
        this.code = code;
        this.label = label;
    }

    /** For people. */
    public String label() {
        return label;
    }

    /** What stands for it in databases and files: never changes. */
    public int code() {
        return code;
    }

    /** The form that {@code code} stands for. */
    public static Form of(int code) {
        for (Form form : values()) {
            if (form.code == code) {
                return form;
            }
        }
        throw new StoreException("forms have the codes 0 to 4, got " + code);
    }
}
