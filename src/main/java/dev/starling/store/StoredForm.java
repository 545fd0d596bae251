package dev.starling.store;

/** How a version may be kept. */
public enum StoredForm {
    SNAPSHOT("snapshot"),
    BASE_DELTA("delta against base"),
    PARENT_DELTA("delta against parent"),
    REPLAY("replay");

    private final String label;

    StoredForm(String label) {
        this.label = label;
    }

    /** For people. */
    public String label() {
        return label;
    }
}
