package dev.starling.coordinator;

import dev.starling.aggregate.Aggregator;
import dev.starling.aggregate.ExactSum;
import dev.starling.aggregate.RoundKey;
import dev.starling.base.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * One node's partial sum on its way to the coordinator: first what is in it, then its values in chunks. The first chunks
 * come with the answer to {@link #close}, further ones are pulled.
 */
final class SumAssembly {

    /** Values per chunk: hardly more than 8 bytes each, small enough for a frame of the transport, which holds 32 Ki values. */
    static final int CHUNK_VALUES = 28 * 1024;

    private static final int CHUNKS_IN_FLIGHT = 8;

    /** As they came: decoded only into the sum of all nodes. */
    private final @Nullable Bytes[] here;

    private final boolean[] underWay;
    private final Aggregator.Closed contents;
    private int remaining;
    private int remainingAtLastCheck;

    SumAssembly(Aggregator.Closed contents) {
        this.contents = contents;
        int chunks = (contents.values() + CHUNK_VALUES - 1) / CHUNK_VALUES;
        this.here = new Bytes[chunks];
        this.underWay = new boolean[chunks];
        this.remaining = chunks;
        this.remainingAtLastCheck = chunks + 1;
        Arrays.fill(underWay, 0, Math.min(chunks, CHUNKS_IN_FLIGHT), true);
    }

    /** Asks a node for its sum of round {@code key}. */
    static Aggregator.Close close(RoundKey key, ActorRef<Aggregator.Reply> replies) {
        return new Aggregator.Close(key, CHUNK_VALUES, CHUNKS_IN_FLIGHT, replies);
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
            if (here[chunk] == null && !underWay[chunk]) {
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
        if (here[index] == null) {
            here[index] = chunk.values();
            underWay[index] = false;
            remaining--;
        }
    }

    /** Called now and then: if nothing arrived since the last call, what was under way is taken for lost. */
    void restartStalled() {
        if (remaining == remainingAtLastCheck) {
            Arrays.fill(underWay, false);
        }
        remainingAtLastCheck = remaining;
    }

    /** Whether no chunk is missing. */
    boolean isWhole() {
        return remaining == 0;
    }

    /**
     * Adds the values that are here to {@code sum}, on all threads of the caller's pool. Throws if that is over another number
     * of values.
     */
    void addTo(ExactSum sum) {
        if (sum.count() != contents.values()) {
            throw new IllegalArgumentException("a partial sum must be over " + sum.count()
                    + " values, as the round's is, got " + contents.values());
        }
        IntStream.range(0, here.length).parallel().forEach(chunk -> {
            int from = chunk * CHUNK_VALUES;
            Bytes values = here[chunk];
            if (values != null) {
                sum.addBytes(from, count(from), values);
            }
        });
    }
}
