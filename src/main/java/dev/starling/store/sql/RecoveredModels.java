package dev.starling.store.sql;

import dev.starling.model.Snapshot;
import dev.starling.store.ModelRoot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Verified models that others refer to, by their root; the least recently used go first. Safe to use from many
 * threads.
 */
final class RecoveredModels {

    private final long maxBytes;
    private final Map<ModelRoot, Snapshot> models = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param maxBytes of values at most, in all */
    RecoveredModels(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized Optional<Snapshot> find(ModelRoot root) {
        return Optional.ofNullable(models.get(root));
    }

    synchronized void put(ModelRoot root, Snapshot model) {
        if (model.layout().bytes() > maxBytes || models.put(root, model) != null) {
            return;
        }
        bytes += model.layout().bytes();
        var oldest = models.values().iterator();
        while (bytes > maxBytes) {
            bytes -= oldest.next().layout().bytes();
            oldest.remove();
        }
    }
}
