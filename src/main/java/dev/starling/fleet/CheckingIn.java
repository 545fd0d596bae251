package dev.starling.fleet;

import dev.starling.base.KeyedPermutation;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.fleet.selection.Candidates;
import dev.starling.fleet.selection.FleetHistory;
import dev.starling.fleet.selection.Invitation;
import dev.starling.fleet.selection.Pace;
import dev.starling.fleet.selection.Selection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Devices come by themselves, as in Bonawitz et al., "Towards federated learning at scale", MLSys 2019, section 2.3: an
 * eligible device checks in when its turn comes, and is given work if a round is looking for devices, else told when to
 * come back. Pace steering spreads the turns so that little more than what a round needs comes while it looks; without
 * it devices come at their own pace, however many are turned away.
 *
 * <p>The turns of the whole fleet are one keyed random order after the other, so what came and what will come is known
 * from a number and a speed: nothing is stored per device, and devices told to come back do come, one order later.
 */
final class CheckingIn implements Recruiting {

    /** A round looks for devices at most this long, unless it has fewer than it needs at least. */
    private static final long LOOKS_MILLIS = 3_600_000L;

    private static final long GIVES_UP_MILLIS = 7 * 24 * LOOKS_MILLIS;
    private static final int MOST_TURNS = 3_000_000;

    /** Check-ins beyond this many in one round are estimated from the first so many. */
    private static final int COUNTED_TURNS = 2_000;

    /** Steering aims at this many times the check-ins that a round needs: fewer than needed would delay it. */
    private static final double SLACK = 1.3;

    private static final double SLOWEST_SECONDS = 7 * 86_400.0;
    private static final double LEAST_ELIGIBLE = 1e-4;

    private final FleetSettings fleet;
    private final Askable askable;
    private final Selection selection;
    private final int least;
    private final Seeds seeds;

    /** @param least devices without which a round cannot succeed, at least 1 */
    CheckingIn(FleetSettings fleet, Askable askable, Selection selection, int least, Seeds seeds) {
        this.fleet = fleet;
        this.askable = askable;
        this.selection = selection;
        this.least = least;
        this.seeds = seeds;
    }

    @Override
    public Recruits recruit(int round, SimTime now, int count, FleetHistory history) {
        Arrivals arrivals = new Arrivals(now, count, history);
        List<Invitation> found = selection.select(round, count, arrivals, history);
        return new Recruits(now, found, arrivals.looked);
    }

    private Pace pace(FleetHistory history) {
        return history.pace()
                .orElseGet(() -> new Pace(
                        0,
                        fleet.start(),
                        fleet.devices() / fleet.life().checkIn().everySeconds()));
    }

    /** Whose turn it is. */
    private int device(long turn, KeyedPermutation order) {
        return order.at((int) (turn % fleet.devices()));
    }

    private KeyedPermutation order(long turn) {
        return new KeyedPermutation(fleet.devices(), seeds.of(Purpose.CHECK_IN, turn / fleet.devices()));
    }

    @Override
    public CheckIns checkIns(
            SimTime now, SimTime nextOpens, int wanted, List<Invitation> served, FleetHistory history) {
        Pace pace = pace(history);
        SimTime end = told(history) ? gathered(now, nextOpens, served) : nextOpens;
        long first = pace.turnAt(now);
        long turns = pace.turnAt(end) - first;
        double eligible = eligibleShare(pace, first, turns);
        long refused = Math.max(0, Math.round(eligible * turns) - served.size());
        double speed = speed(wanted, eligible);
        return new CheckIns(served.size(), refused, Optional.of(new Pace(pace.turnAt(end), nextOpens, speed)));
    }

    /** Whether devices have been told when to come back: they stay away until the next round looks for some. */
    private boolean told(FleetHistory history) {
        return fleet.life().checkIn().steered() && history.pace().isPresent();
    }

    private SimTime gathered(SimTime now, SimTime nextOpens, List<Invitation> served) {
        SimTime planned = now.plusMillis(Math.round(fleet.life().checkIn().gatherSeconds() * 1000));
        SimTime end = served.stream().map(one -> one.at().plusMillis(1)).reduce(planned, SimTime::later);
        return end.earlier(nextOpens);
    }

    /** Of a sample of the turns, the share of devices that come. */
    private double eligibleShare(Pace pace, long first, long turns) {
        long counted = Math.min(turns, COUNTED_TURNS);
        if (counted == 0) {
            return 1;
        }
        long spacing = turns / counted;
        long came = 0;
        KeyedPermutation order = order(first);
        for (long i = 0; i < counted; i++) {
            long turn = first + i * spacing;
            if (i > 0 && turn / fleet.devices() != (turn - spacing) / fleet.devices()) {
                order = order(turn);
            }
            came += askable.checksIn(device(turn, order), pace.timeOf(turn)) ? 1 : 0;
        }
        return (double) came / counted;
    }

    /** Turns per second that bring a little more than the wanted devices in the time planned for it. */
    private double speed(int wanted, double eligible) {
        double own = fleet.devices() / fleet.life().checkIn().everySeconds();
        if (!fleet.life().checkIn().steered()) {
            return own;
        }
        double needed = wanted
                * SLACK
                / Math.max(LEAST_ELIGIBLE, eligible)
                / fleet.life().checkIn().gatherSeconds();
        return Math.max(Math.min(own, fleet.devices() / SLOWEST_SECONDS), Math.min(own, needed));
    }

    /** The check-ins from one moment on. */
    private final class Arrivals implements Candidates {

        private final SimTime opens;
        private final FleetHistory history;
        private final Pace pace;
        private final int enough;
        private final Set<Integer> seen = new HashSet<>();
        private KeyedPermutation order;
        private long turn;
        private int tried;
        private SimTime looked;

        Arrivals(SimTime opens, int count, FleetHistory history) {
            this.opens = opens;
            this.history = history;
            this.pace = pace(history);
            this.enough = Math.min(least, count);
            this.turn = pace.turnAt(opens);
            this.order = order(turn);
            this.looked = opens;
        }

        @Override
        public Optional<Invitation> next() {
            while (tried++ < MOST_TURNS) {
                SimTime at = pace.timeOf(turn);
                long waited = at.millisSince(opens);
                if (waited > GIVES_UP_MILLIS || (waited > LOOKS_MILLIS && seen.size() >= enough)) {
                    long most = seen.size() >= enough ? LOOKS_MILLIS : GIVES_UP_MILLIS;
                    looked = looked.later(opens.plusMillis(most));
                    return Optional.empty();
                }
                looked = at;
                int device = device(turn++, order);
                if (turn % fleet.devices() == 0) {
                    order = order(turn);
                }
                if (stillThere(device, at) && seen.add(device)) {
                    return Optional.of(new Invitation(device, at));
                }
            }
            return Optional.empty();
        }

        /** The coordinator cannot reach a device: it has to come. */
        @Override
        public Optional<Invitation> ask(int device, SimTime moment) {
            return Optional.empty();
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
