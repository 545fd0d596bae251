package dev.starling.coordinator;

import dev.starling.metrics.RunListener;
import dev.starling.metrics.StoreWait;
import java.util.function.Supplier;

/** Lets people see that the store of versions is away, for how long, and that it is back. */
final class StoreWatch {

    private final Supplier<StoreWait> store;
    private final RunListener listener;
    private boolean away;

    /** @param store how the run's store is, as the node of its coordinator sees it; asked on any thread */
    StoreWatch(Supplier<StoreWait> store, RunListener listener) {
        this.store = store;
        this.listener = listener;
    }

    /** To be called now and then. */
    void look() {
        StoreWait state = store.get();
        if (state.away() || away) {
            listener.store(state);
        }
        away = state.away();
    }

    /** Whether the store is away now; on any thread. */
    boolean away() {
        return store.get().away();
    }

    /** Everything is written down, or given up. */
    void ends() {
        if (away) {
            listener.store(store.get());
        }
    }
}
