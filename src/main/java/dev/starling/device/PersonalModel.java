package dev.starling.device;

import dev.starling.base.Bytes;
import dev.starling.model.LocalResult;
import dev.starling.model.Snapshot;
import java.util.Optional;

/**
 * A device's own model: what its last work left on it.
 *
 * @param lineage the works that made it, at least one
 * @param result what the last work measured
 * @param velocity momentum of the last training, if personal training goes on with it
 * @param update what the last app update did to it
 * @param adopted the rounded change from the base that it was adopted with, encoded; empty if it was not rounded
 */
public record PersonalModel(
        Lineage lineage,
        Snapshot weights,
        LocalResult result,
        Optional<Snapshot> velocity,
        Optional<UpdateEffect> update,
        Optional<Bytes> adopted) {

    /** Throws IllegalArgumentException without any work. */
    public PersonalModel {
        if (lineage.works().isEmpty()) {
            throw new IllegalArgumentException("a personal model comes from work, got none");
        }
    }

    /** The work that made it. */
    public Work work() {
        return lineage.last().orElseThrow();
    }
}
