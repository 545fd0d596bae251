package dev.starling.protocol;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who goes on when nodes cannot reach each other, as the cluster's split brain resolver decides it. */
final class KeepOldest {

    private KeepOldest() {}

    /**
     * Whether {@code side} goes on without the rest: each side decides for itself, by what it sees.
     *
     * @param members of the cluster, those included that died and were not taken out yet; oldest first
     * @param side those that reach each other
     */
    static <T> boolean goesOn(List<T> members, Set<T> side) {
        if (side.isEmpty()) {
            return false;
        }
        int rest = members.size() - side.size();
        boolean restIsAlone = rest == 1 && side.size() > 1;
        boolean isAlone = side.size() == 1 && rest > 1;
        return side.contains(members.get(0)) ? !isAlone : restIsAlone;
    }

    /**
     * Who is taken out by those that reach each other: the others, or they themselves, all of them.
     *
     * @param members oldest first
     * @param unreachable to all the others
     */
    static <T> Set<T> downed(List<T> members, Set<T> unreachable) {
        Set<T> side = new LinkedHashSet<>(members);
        side.removeAll(unreachable);
        return goesOn(members, side) ? unreachable : side;
    }
}
