package dev.starling.fleet;

import dev.starling.base.DropOutReason;
import dev.starling.base.SimTime;
import dev.starling.fleet.Recruiting.CheckIns;
import dev.starling.fleet.selection.Invitation;
import dev.starling.fleet.selection.Pace;
import dev.starling.metrics.Spending;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What happens in one round, decided before any training: a pure function of seed, round, time, fleet and what selection
 * remembers. Every device asked either declines, drops out, or finishes; of those that finish, reporters count and the
 * late do not.
 *
 * @param round counts from 1
 * @param opens when devices are asked
 * @param closes when the last counted report is in, or the deadline
 * @param invitations all devices asked, in order of selection
 * @param stints of those that took the work, in order of selection
 * @param ended the stints whose end this round bills: the same; asynchronously those that ended since the update
 *     before, whenever they began
 * @param underWay what asynchronous work that goes on at the close has taken of its device so far
 * @param reporters those whose report counts, in order of device id; empty if abandoned
 * @param late how many finished for nothing, because the round had closed or was abandoned: wasted but billed
 * @param abandoned whether fewer than the minimum reported in time
 * @param checkIns of devices that came by themselves
 * @param downBytes sent to all devices that took the work
 * @param upBytes sent by all devices that finished, late ones included
 * @param spent by all devices; asynchronously between opening and close, whenever the work began or ends
 * @param wasted by those that were late or dropped out
 */
public record RoundPlan(
        int round,
        SimTime opens,
        SimTime closes,
        List<Invitation> invitations,
        List<Stint> stints,
        List<Stint> ended,
        Map<Integer, Spending> underWay,
        List<Assignment> reporters,
        int late,
        boolean abandoned,
        CheckIns checkIns,
        long downBytes,
        long upBytes,
        Spending spent,
        Waste wasted) {

    /**
     * Work that came to nothing, from its beginning to its end.
     *
     * @param stints of those that did it; asynchronously they may have been asked before this update
     */
    public record Waste(double deviceSeconds, long bytes, double joules, List<Stint> stints) {

        private static final Waste NOTHING = new Waste(0, 0, 0, List.of());

        public Waste {
            stints = List.copyOf(stints);
        }

        /** All sums are over the work itself: none of them can be negative. */
        static Waste of(List<Stint> stints) {
            Spending spent = Stint.spent(stints);
            return new Waste(spent.awakeSeconds(), spent.bytes(), spent.joules(), stints);
        }
    }

    public RoundPlan {
        invitations = List.copyOf(invitations);
        stints = List.copyOf(stints);
        ended = List.copyOf(ended);
        underWay = Map.copyOf(underWay);
        reporters = List.copyOf(reporters);
    }

    /** A round that began and ended at one moment and cost nothing. */
    public static RoundPlan instant(int round, SimTime at, List<Integer> asked, List<Assignment> reporters) {
        return new RoundPlan(
                round,
                at,
                at,
                asked.stream().map(device -> new Invitation(device, at)).toList(),
                List.of(),
                List.of(),
                Map.of(),
                reporters,
                0,
                reporters.isEmpty(),
                CheckIns.NONE,
                0,
                0,
                Spending.NOTHING,
                Waste.NOTHING);
    }

    /** All devices asked, in order of selection. */
    public List<Integer> asked() {
        return invitations.stream().map(Invitation::device).toList();
    }

    /** How many took no work, because they have no examples: nothing is sent to them. */
    public int declined() {
        return invitations.size() - stints.size();
    }

    /** How many took the work and never reported. */
    public int droppedOut() {
        return (int) ended.stream().filter(stint -> stint.dropOut().isPresent()).count();
    }

    /** The same, by reason; reasons that nobody had are left out. */
    public Map<DropOutReason, Integer> dropOuts() {
        return ended.stream()
                .flatMap(stint -> stint.dropOut().stream())
                .collect(Collectors.toMap(
                        reason -> reason, reason -> 1, Integer::sum, () -> new EnumMap<>(DropOutReason.class)));
    }

    /** Energy that the round took from all devices. */
    public double joules() {
        return spent.joules();
    }

    /** Bytes that went over metered networks. */
    public long meteredBytes() {
        return spent.meteredBytes();
    }

    /** Device time of those that were late or dropped out. */
    public double wastedDeviceSeconds() {
        return wasted.deviceSeconds();
    }

    public long checkInsServed() {
        return checkIns.served();
    }

    public long checkInsRefused() {
        return checkIns.refused();
    }

    /** The pace of check-ins after this round; empty if devices do not check in. */
    public Optional<Pace> nextPace() {
        return checkIns.next();
    }

    /** Training examples of all reporters. */
    public long totalExamples() {
        return reporters.stream().mapToLong(Assignment::examples).sum();
    }

    /** Local steps of all reporters. */
    public long totalSteps() {
        return reporters.stream().mapToLong(Assignment::steps).sum();
    }
}
