package dev.starling.data.view;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.ViewSettings;
import org.jspecify.annotations.Nullable;

/**
 * Groups of devices to which labels mean different things: in every group but the first, some labels, drawn per group,
 * change places in a ring. When the concept drifts, every such group draws again; there is no in-between of labels.
 */
record Concept(ViewSettings.Concept settings, int classes, SimTime start, Seeds seeds) implements Bias {

    private static final int GROUP_OF_DEVICE = 0;
    private static final int MEANING_OF_GROUP = 1;

    @Override
    public String name() {
        return "concept";
    }

    int group(int device) {
        return seeds.of(Purpose.CONCEPT, GROUP_OF_DEVICE, device).nextInt(settings.groups());
    }

    @Override
    public @Nullable Lens lens(int device, SimTime now) {
        int group = group(device);
        if (group == 0) {
            return null;
        }
        Drift drift = Drift.at(start, now, settings.driftSeconds());
        Rng rng = seeds.of(Purpose.CONCEPT, MEANING_OF_GROUP, group, drift.index());
        int[] ring = rng.permutation(classes);
        int[] meanings = new int[classes];
        for (int i = 0; i < classes; i++) {
            meanings[ring[i]] = i < settings.labels() ? ring[(i + 1) % settings.labels()] : ring[i];
        }
        return new Meaning(meanings);
    }

    private static final class Meaning implements Lens {
        private final int[] meanings;

        Meaning(int[] meanings) {
            this.meanings = meanings;
        }

        @Override
        public int label(int label) {
            return meanings[label];
        }
    }
}
