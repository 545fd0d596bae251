package dev.starling.device;

import dev.starling.base.Bytes;
import dev.starling.store.ModelRoot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One base version on its way to this node, whole or as a delta: which chunks are here, which are under way. */
final class Download {

    private final byte[] bytes;
    private final ModelRoot root;
    private final int against;
    private final Set<Integer> here = new HashSet<>();
    private final Set<Integer> underWay = new TreeSet<>();
    private int received;
    private boolean toBeConfirmed;
    private int checksInVain;

    /** Before the first check: one that has only just begun is not stalled. */
    private int receivedAtLastCheck = -1;

    /**
     * @param against the version that this is a delta to, or {@link BaseModels#WHOLE}
     * @param ahead bytes that come unasked
     * @param confirm whether to say when it is here even if nothing had to be pulled
     */
    Download(int size, ModelRoot root, int against, int ahead, boolean confirm) {
        this.toBeConfirmed = confirm;
        this.bytes = new byte[size];
        this.root = root;
        this.against = against;
        for (long from = 0; from < Math.min(ahead, size); from += BaseModels.CHUNK_BYTES) {
            underWay.add((int) from);
        }
    }

    int size() {
        return bytes.length;
    }

    ModelRoot root() {
        return root;
    }

    int against() {
        return against;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether to say when it is here: if the publisher wants that, or had to be asked for some of it. */
    boolean isToBeConfirmed() {
        return toBeConfirmed;
    }

    boolean complete() {
        return received == bytes.length;
    }

    /** A chunk that came before is ignored. */
    void put(int from, Bytes chunk) {
        underWay.remove(from);
        if (from >= 0 && from + chunk.size() <= bytes.length && here.add(from)) {
            chunk.copyTo(bytes, from);
            received += chunk.size();
        }
    }

    /** Offsets to pull now so that at most {@code inFlight} chunks are under way. */
    List<Integer> nextPulls(int chunkBytes, int inFlight) {
        List<Integer> pulls = new ArrayList<>();
        for (int from = 0; from < bytes.length && underWay.size() < inFlight; from += chunkBytes) {
            if (!here.contains(from) && underWay.add(from)) {
                pulls.add(from);
            }
        }
        toBeConfirmed |= !pulls.isEmpty();
        return pulls;
    }

    /**
     * Called now and then: if nothing arrived since the last call but one, what was under way is taken for lost. A node whose
     * cores are all busy may be late by one, and to send a whole base twice costs more than to wait.
     */
    void restartStalled() {
        checksInVain = received == receivedAtLastCheck ? checksInVain + 1 : 0;
        if (checksInVain >= 2) {
            underWay.clear();
            checksInVain = 0;
        }
        receivedAtLastCheck = received;
    }
}
