package dev.starling.fleet.selection;

import dev.starling.base.SimTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What selection remembers of earlier rounds. Only devices that were asked take space, and only if the strategy or a
 * cool-down wants them. Whoever commits rounds notes them here, in order; a plan only reads. Not thread-safe.
 */
public final class FleetHistory {

    /**
     * One device's past.
     *
     * @param lastRound in which it was asked
     * @param askedAt when
     * @param reportedRound of its last counted report; 0 if none
     * @param loss mean training loss of that report; NaN if none
     * @param seconds from being asked to that report
     */
    record Past(int lastRound, SimTime askedAt, int reportedRound, double loss, double seconds) {}

    /** A counted report. */
    public record Report(int device, double seconds, double loss, int examples) {}

    private final boolean keepsPast;
    private final Map<Integer, Past> past = new HashMap<>();
    private final List<Integer> explored = new ArrayList<>();
    private final List<Double> utilitySums = new ArrayList<>(List.of(0.0));
    private int lastAsked = -1;
    private Optional<Pace> pace = Optional.empty();
    private final BitSet retired = new BitSet();

    private FleetHistory(boolean keepsPast) {
        this.keepsPast = keepsPast;
    }

    /** Of a fleet that was never asked and of which nothing is to be remembered. */
    public static FleetHistory none() {
        return new FleetHistory(false);
    }

    /** At the beginning. */
    public static FleetHistory of(SelectionSettings selection, double coolDownSeconds) {
        return new FleetHistory(selection.needsPast() || coolDownSeconds > 0);
    }

    /** Notes a committed round: who was asked, in order, and whose report counted. */
    public void note(int round, List<Invitation> asked, List<Report> reports) {
        if (!asked.isEmpty()) {
            lastAsked = asked.get(asked.size() - 1).device();
        }
        if (!keepsPast) {
            return;
        }
        for (Invitation invitation : asked) {
            past.merge(
                    invitation.device(),
                    new Past(round, invitation.at(), 0, Double.NaN, Double.NaN),
                    (old, fresh) -> new Past(round, invitation.at(), old.reportedRound(), old.loss(), old.seconds()));
        }
        double utility = 0;
        for (Report report : reports) {
            Past known = past.get(report.device());
            if (known != null) {
                if (known.reportedRound() == 0) {
                    explored.add(report.device());
                }
                past.put(
                        report.device(),
                        new Past(known.lastRound(), known.askedAt(), round, report.loss(), report.seconds()));
            }
            utility += Double.isFinite(report.loss()) ? report.examples() * report.loss() : 0;
        }
        utilitySums.add(utilitySums.get(utilitySums.size() - 1) + utility);
    }

    /** The pace of check-ins from now on. */
    public void note(Pace next) {
        pace = Optional.of(next);
    }

    /** Notes that {@code devices} take no part in rounds any more. */
    public void retire(List<Integer> devices) {
        devices.forEach(retired::set);
    }

    /** Whether a device takes no part in rounds any more. */
    public boolean isRetired(int device) {
        return retired.get(device);
    }

    public Optional<Pace> pace() {
        return pace;
    }

    Optional<Past> of(int device) {
        return Optional.ofNullable(past.get(device));
    }

    /** Devices whose report ever counted, in order of their first. */
    int exploredCount() {
        return explored.size();
    }

    int explored(int index) {
        return explored.get(index);
    }

    /** The device that was asked last; −1 before there was one. */
    int lastAsked() {
        return lastAsked;
    }

    /** Rounds noted. */
    int rounds() {
        return utilitySums.size() - 1;
    }

    /** Statistical utility (examples × loss of all reporters) of the rounds after {@code from} up to {@code to}. */
    double utility(int from, int to) {
        return utilitySums.get(to) - utilitySums.get(from);
    }

    /** Whether a device has been left alone for {@code seconds} at {@code moment}. */
    public boolean cooledDown(int device, SimTime moment, double seconds) {
        return seconds <= 0
                || of(device)
                        .map(known -> moment.millisSince(known.askedAt()) >= seconds * 1000)
                        .orElse(true);
    }
}
