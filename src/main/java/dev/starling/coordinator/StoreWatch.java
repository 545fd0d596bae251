package dev.starling.coordinator;

import dev.starling.metrics.NodeFigures;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.StoreWait;

/** Lets people see that the store of versions is away, for how long, and that it is back. */
final class StoreWatch {

    private final NodeFigures node;
    private final RunListener listener;
    private boolean away;

    /** @param node whose way to the store is looked at */
    StoreWatch(NodeFigures node, RunListener listener) {
        this.node = node;
        this.listener = listener;
    }

    /** To be called now and then. */
    void look() {
        StoreWait state = node.store();
        if (state.away() || away) {
            listener.store(state);
        }
        away = state.away();
    }

    boolean away() {
        return node.store().away();
    }

    /** Everything is written down, or given up. */
    void ends() {
        if (away) {
            listener.store(node.store());
        }
    }
}
