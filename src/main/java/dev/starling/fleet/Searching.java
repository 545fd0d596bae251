package dev.starling.fleet;

import dev.starling.base.KeyedPermutation;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.fleet.selection.Candidates;
import dev.starling.fleet.selection.FleetHistory;
import dev.starling.fleet.selection.Invitation;
import dev.starling.fleet.selection.Selection;
import java.util.List;
import java.util.Optional;

/**
 * The coordinator can reach every device at once and tries them in a random order until it has enough. If fewer than the
 * round needs at least can be had, it waits and tries again, for a week of fleet time at most. It waits until something
 * changes for one of the devices that it tried, but from time to time twice as long at least, and never beyond ten minutes.
 *
 * <p>It tries at most {@value #TRIES_PER_DEVICE} times as many devices as it wants, and some: when less than a hundredth
 * of the fleet is eligible, a round gets fewer devices than it wants rather than look at the whole fleet.
 */
final class Searching implements Recruiting {

    private static final int TRIES_PER_DEVICE = 100;
    private static final int MORE_TRIES = 2_000;
    private static final long LONGEST_WAIT_MILLIS = 10 * 60_000L;
    private static final long SHORTEST_WAIT_MILLIS = 1_000;
    private static final long GIVES_UP_MILLIS = 7 * 24 * 3_600_000L;

    /** Devices whose next change it looks at before it waits. */
    private static final int MOST_WATCHED = 2_000;

    private final int devices;
    private final Askable askable;
    private final Selection selection;
    private final int least;
    private final Seeds seeds;

    /** @param least devices without which a round cannot succeed, at least 1 */
    Searching(int devices, Askable askable, Selection selection, int least, Seeds seeds) {
        this.devices = devices;
        this.askable = askable;
        this.selection = selection;
        this.least = least;
        this.seeds = seeds;
    }

    @Override
    public Recruits recruit(int round, SimTime now, int count, FleetHistory history) {
        SimTime opens = now;
        for (int wait = 0; ; wait++) {
            Search search = new Search(round, wait, count, opens, history);
            List<Invitation> found = selection.select(round, count, search, history);
            if (found.size() >= Math.min(least, count) || opens.millisSince(now) >= GIVES_UP_MILLIS) {
                return new Recruits(opens, found);
            }
            long shortest = SHORTEST_WAIT_MILLIS << Math.min(wait, 10);
            opens = opens.plusMillis(Math.min(
                    LONGEST_WAIT_MILLIS, Math.max(shortest, search.changes().millisSince(opens))));
        }
    }

    /** One walk through the fleet. */
    private final class Search implements Candidates {

        private final KeyedPermutation order;
        private final int tries;
        private final SimTime opens;
        private final FleetHistory history;
        private int tried;

        Search(int round, int wait, int count, SimTime opens, FleetHistory history) {
            this.order = new KeyedPermutation(devices, seeds.of(Purpose.COHORT, round, wait));
            this.tries = (int) Math.min(devices, (long) count * TRIES_PER_DEVICE + MORE_TRIES);
            this.opens = opens;
            this.history = history;
        }

        @Override
        public Optional<Invitation> next() {
            while (tried < tries) {
                Optional<Invitation> asked = ask(order.at(tried++), opens);
                if (asked.isPresent()) {
                    return asked;
                }
            }
            return Optional.empty();
        }

        /** When something next changes for one of the devices that were tried, or the longest wait is over. */
        SimTime changes() {
            SimTime first = opens.plusMillis(LONGEST_WAIT_MILLIS);
            for (int i = 0; i < Math.min(tried, MOST_WATCHED); i++) {
                first = first.earlier(askable.unchangedUntil(order.at(i), opens));
            }
            return first;
        }

        @Override
        public Optional<Invitation> ask(int device, SimTime moment) {
            return stillThere(device, moment) ? Optional.of(new Invitation(device, moment)) : Optional.empty();
        }

        @Override
        public boolean stillThere(int device, SimTime moment) {
            return askable.now(device, moment, history);
        }

        @Override
        public SimTime opens() {
            return opens;
        }
    }
}
