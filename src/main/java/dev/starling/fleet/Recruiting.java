package dev.starling.fleet;

import dev.starling.base.SimTime;
import dev.starling.fleet.selection.FleetHistory;
import dev.starling.fleet.selection.Invitation;
import dev.starling.fleet.selection.Pace;
import java.util.List;
import java.util.Optional;

/** How a round comes by its devices. Pure. */
interface Recruiting {

    /**
     * The devices that a round asks.
     *
     * @param opens when the round opens: later than now if too few devices could be had before
     * @param invitations in order of selection
     * @param looked until when it looked for them, if there are fewer than it wanted
     */
    record Recruits(SimTime opens, List<Invitation> invitations, SimTime looked) {

        /** Devices that were found, or not, in no time. */
        Recruits(SimTime opens, List<Invitation> invitations) {
            this(opens, invitations, opens);
        }

        public Recruits {
            invitations = List.copyOf(invitations);
        }
    }

    /**
     * What the devices that came by themselves cost.
     *
     * @param served check-ins answered with work
     * @param refused check-ins answered with "come back later", up to the opening of the next round
     * @param next the pace from then on
     */
    record CheckIns(long served, long refused, Optional<Pace> next) {
        static final CheckIns NONE = new CheckIns(0, 0, Optional.empty());
    }

    /** Up to {@code count} devices for {@code round}; fewer if no more can be had. */
    Recruits recruit(int round, SimTime now, int count, FleetHistory history);

    /**
     * The check-ins from {@code now} to the opening of the next round.
     *
     * @param wanted devices that rounds ask
     */
    default CheckIns checkIns(
            SimTime now, SimTime nextOpens, int wanted, List<Invitation> served, FleetHistory history) {
        return CheckIns.NONE;
    }
}
