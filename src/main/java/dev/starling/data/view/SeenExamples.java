package dev.starling.data.view;

import dev.starling.model.Examples;
import java.nio.FloatBuffer;

/**
 * Examples as somebody sees them: some of those that there are, each through lenses. Nothing is copied ahead; each
 * thread has its own scratch arrays, so that gathering a batch allocates nothing.
 */
final class SeenExamples implements Examples {

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final Examples all;
    private final int[] held;
    private final Lens[][] lenses;

    /**
     * @param held which of {@code all} are there, in order
     * @param lenses of one or several onlookers: example i is seen by onlooker i mod their number
     */
    SeenExamples(Examples all, int[] held, Lens[][] lenses) {
        this.all = all;
        this.held = held;
        this.lenses = lenses;
    }

    private static final class Scratch {
        private int[] order = new int[0];
        private float[] features = new float[0];
        private float[] spare = new float[0];

        int[] order(int count) {
            if (order.length < count) {
                order = new int[count];
            }
            return order;
        }

        void reserve(int width) {
            if (features.length < width) {
                features = new float[width];
                spare = new float[width];
            }
        }
    }

    @Override
    public int count() {
        return held.length;
    }

    @Override
    public int width() {
        return all.width();
    }

    @Override
    public int targets() {
        return all.targets();
    }

    @Override
    public void features(int[] order, int from, int count, FloatBuffer into) {
        Scratch scratch = SCRATCH.get();
        int[] chosen = chosen(scratch, order, from, count);
        all.features(chosen, 0, count, into);
        int width = width();
        scratch.reserve(width);
        for (int i = 0; i < count; i++) {
            Lens[] through = lenses(chosen[i]);
            if (through.length > 0) {
                into.get(i * width, scratch.features, 0, width);
                for (Lens lens : through) {
                    lens.look(scratch.features, scratch.spare, chosen[i]);
                }
                into.put(i * width, scratch.features, 0, width);
            }
        }
    }

    @Override
    public void labels(int[] order, int from, int count, int[] into) {
        int[] chosen = chosen(SCRATCH.get(), order, from, count);
        all.labels(chosen, 0, count, into);
        for (int i = 0; i < count; i++) {
            for (Lens lens : lenses(chosen[i])) {
                into[i] = lens.label(into[i]);
            }
        }
    }

    @Override
    public void targets(int[] order, int from, int count, float[] into) {
        all.targets(chosen(SCRATCH.get(), order, from, count), 0, count, into);
    }

    private Lens[] lenses(int example) {
        return lenses[example % lenses.length];
    }

    private int[] chosen(Scratch scratch, int[] order, int from, int count) {
        int[] chosen = scratch.order(count);
        for (int i = 0; i < count; i++) {
            chosen[i] = held[order[from + i]];
        }
        return chosen;
    }
}
