package dev.starling.fleet.selection;

import java.util.ArrayList;
import java.util.List;

/**
 * In order of device id, from where the last round ended; who cannot be asked is passed over until the next time
 * round. Only as many ids as {@code patience} times the cohort are tried, so that a sleeping fleet costs no more.
 */
record RoundRobin(int devices, int patience) implements Selection {

    @Override
    public List<Invitation> select(int round, int count, Candidates candidates, FleetHistory history) {
        List<Invitation> chosen = new ArrayList<>(count);
        long tries = Math.min(devices, (long) count * patience);
        for (int i = 1; i <= tries && chosen.size() < count; i++) {
            int device = (int) (((long) history.lastAsked() + i) % devices);
            candidates.ask(device, candidates.opens()).ifPresent(chosen::add);
        }
        return chosen;
    }
}
