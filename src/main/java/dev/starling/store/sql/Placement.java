package dev.starling.store.sql;

/**
 * Where payloads lie. Measured with H2 on a busy 2-core machine, batches of 1,000 versions, everything synced to disk
 * (StoreBench):
 *
 * <pre>
 * FIGURES
 * </pre>
 *
 * What costs is an index over addresses: SHA-256 spreads them evenly, so that each batch touches, and H2 writes again, all
 * of its pages. So only large payloads, which alone can be the same by anything but chance (base versions, models that two
 * runs share), are looked up by their address; all others have one that is checked, but not indexed.
 *
 * @param inlineBytes payloads up to this lie in their version's row
 * @param sharedBytes payloads from this on are kept once, however many versions have them
 */
record Placement(int inlineBytes, int sharedBytes) {

    static final Placement USUAL = new Placement(256, 16 * 1024);

    boolean isInline(int bytes) {
        return bytes <= inlineBytes;
    }

    boolean isShared(int bytes) {
        return bytes >= sharedBytes;
    }
}
