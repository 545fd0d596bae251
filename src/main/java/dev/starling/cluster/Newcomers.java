package dev.starling.cluster;

import java.util.HashMap;
import java.util.Map;

/**
 * Connections to this node that have not shown yet that they are of a node. Each costs memory (with TLS some 60 KB)
 * and a file descriptor, and takes nothing to open: so there may only be some, and of one address only a part of them.
 */
final class Newcomers {

    private final Map<String, Integer> perAddress = new HashMap<>();
    private int all;

    /** Whether there is room for one more from {@code address}; it is counted until it leaves. */
    synchronized boolean enter(String address, int maxPerAddress, int max) {
        int before = perAddress.getOrDefault(address, 0);
        if (before >= maxPerAddress || all >= max) {
            return false;
        }
        perAddress.put(address, before + 1);
        all++;
        return true;
    }

    /** One that had entered is closed, or has shown who it is. */
    synchronized void leave(String address) {
        perAddress.computeIfPresent(address, (same, count) -> count > 1 ? count - 1 : null);
        all--;
    }

    synchronized int count() {
        return all;
    }
}
