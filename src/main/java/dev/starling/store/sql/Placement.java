package dev.starling.store.sql;

/**
 * Where payloads lie. Measured with H2, 100,000 versions of one base in batches of 1,000, each synced to disk, as bytes
 * in the file per version (StoreBench):
 *
 * <pre>
 * payload        in its version's row    in packs, address not indexed    in packs, address indexed
 *    97 bytes                     267                              281                        1,340
 * 5,467 bytes                   5,685                            5,998                        8,066
 * </pre>
 *
 * In rows of their own version, large payloads make every list that reads rows slow: a scan of 100,000 versions takes
 * 0.6 s instead of 0.06 s. On a busy 2-core machine, rows took 12,000 versions of 97 bytes a second where indexed packs took
 * 5,300, and 13,400 of 5,467 bytes where indexed packs took 4,500.
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
