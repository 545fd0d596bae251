package dev.starling.fleet.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every candidate is equally likely: candidates come in random order, and the first are taken. */
final class Uniform implements Selection {

    @Override
    public List<Invitation> select(int round, int count, Candidates candidates, FleetHistory history) {
        List<Invitation> chosen = new ArrayList<>(count);
        while (chosen.size() < count) {
            Optional<Invitation> next = candidates.next();
            if (next.isEmpty()) {
                break;
            }
            chosen.add(next.get());
        }
        return chosen;
    }
}
