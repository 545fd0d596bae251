package dev.starling.base;

/** Which Starling this is. Nodes of one run must agree on it. */
public final class Software {

    /** As in the POM; a test holds the two together. */
    public static final String VERSION = "0.1.0";

    private Software() {}
}
