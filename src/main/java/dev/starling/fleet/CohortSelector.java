package dev.starling.fleet;

import java.util.List;

/** Decides which devices a round asks. Pure: the same round and count give the same devices. */
public interface CohortSelector {

    /**
     * {@code count} different devices for {@code round} (from 1), in order of selection: where two reports arrive in
     * the same millisecond, the device selected first is counted first.
     */
    List<Integer> select(int round, int count);
}
