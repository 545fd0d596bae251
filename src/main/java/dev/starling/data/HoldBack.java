package dev.starling.data;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;

/** What a device keeps for its own evaluation: the last {@code floor(share × count)} places of its range. */
final class HoldBack {

    /** 0.29 × 100 is 28.999… in binary: what a user would call 29 must not round down to 28. */
    private static final double SLACK = 1e-9;

    private HoldBack() {}

    static int count(int examples, double share) {
        return (int) Math.floor(examples * share + SLACK);
    }

    /**
     * Moves a keyed random choice of each device's rows to the end of its range; the others stay in their order. With
     * share 0 nothing moves, so that a device trains in exactly the order of its file.
     */
    static Ownership apply(Ownership owners, double share, Seeds seeds) {
        int[] order = owners.order().clone();
        int[] offsets = new int[owners.devices() + 1];
        for (int device = 0; device < owners.devices(); device++) {
            int count = owners.count(device);
            offsets[device + 1] = offsets[device] + count;
            int held = count(count, share);
            if (held == 0) {
                continue;
            }
            boolean[] chosen = new boolean[count];
            int[] places = seeds.of(Purpose.HOLD_BACK, device).permutation(count);
            for (int i = 0; i < held; i++) {
                chosen[places[i]] = true;
            }
            int nextKept = owners.start(device);
            int nextHeld = nextKept + count - held;
            for (int i = 0; i < count; i++) {
                order[chosen[i] ? nextHeld++ : nextKept++] = owners.row(device, i);
            }
        }
        return new Ownership(order, offsets);
    }
}
