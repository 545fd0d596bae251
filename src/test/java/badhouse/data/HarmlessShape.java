package badhouse.data;

/** About a data set, without its rows. */
public record HarmlessShape(int width, Kind kind) {

    /** An enum has a static array of its values, which carries nothing. */
    public enum Kind {
        TABLE,
        IMAGES
    }
}
