package dev.starling.coordinator;

import dev.starling.aggregate.Aggregator;
import dev.starling.aggregate.ExactSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node's partial sum on its way to the coordinator: first what is in it, then its values in chunks. */
final class SumAssembly {

    /** Values per chunk: hardly more than 8 bytes each, small enough for a frame of the transport, which holds 32 Ki values. */
    static final int CHUNK_VALUES = 28 * 1024;

    private static final int CHUNKS_IN_FLIGHT = 8;

    private final ExactSum sum;
    private final boolean[] here;
    private final boolean[] underWay;
    private final Aggregator.Closed contents;
    private int remaining;
    private int remainingAtLastCheck;

    SumAssembly(Aggregator.Closed contents) {
        this.contents = contents;
        this.sum = new ExactSum(contents.values());
        int chunks = (contents.values() + CHUNK_VALUES - 1) / CHUNK_VALUES;
        this.here = new boolean[chunks];
        this.underWay = new boolean[chunks];
        this.remaining = chunks;
        this.remainingAtLastCheck = chunks + 1;
    }

    Aggregator.Closed contents() {
        return contents;
    }

    /** First values of the chunks to pull now. */
    List<Integer> nextPulls() {
        int inFlight = 0;
        for (boolean pulled : underWay) {
            inFlight += pulled ? 1 : 0;
        }
        List<Integer> pulls = new ArrayList<>();
        for (int chunk = 0; chunk < here.length && inFlight < CHUNKS_IN_FLIGHT; chunk++) {
            if (!here[chunk] && !underWay[chunk]) {
                underWay[chunk] = true;
                inFlight++;
                pulls.add(chunk * CHUNK_VALUES);
            }
        }
        return pulls;
    }

    /** Values of the chunk that starts at value {@code from}. */
    int count(int from) {
        return Math.min(CHUNK_VALUES, contents.values() - from);
    }

    /** A chunk that came before is ignored. */
    void put(Aggregator.Chunk chunk) {
        int index = chunk.from() / CHUNK_VALUES;
        if (!here[index]) {
            here[index] = true;
            underWay[index] = false;
            remaining--;
            sum.addBytes(chunk.from(), count(chunk.from()), chunk.values().toArray());
        }
    }

    /** Called now and then: if nothing arrived since the last call, what was under way is taken for lost. */
    void restartStalled() {
        if (remaining == remainingAtLastCheck) {
            Arrays.fill(underWay, false);
        }
        remainingAtLastCheck = remaining;
    }

    /** The whole sum; null while chunks are missing. */
    @Nullable
    ExactSum whole() {
        return remaining == 0 ? sum : null;
    }
}
