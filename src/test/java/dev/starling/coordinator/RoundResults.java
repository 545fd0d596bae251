package dev.starling.coordinator;

import dev.starling.aggregate.Rejection;
import java.util.List;
import java.util.Optional;

/** Lets tests outside of this room see what a round hands to its coordinator. */
public final class RoundResults {

    /** Devices in the sum of a round, and devices whose reports were not counted for a reason; each as often as it is. */
    public record Accounted(List<Integer> counted, List<Rejection> rejected) {}

    private RoundResults() {}

    /** What {@code message} says of a round that is over; empty if it is about something else. */
    public static Optional<Accounted> in(Object message) {
        return message instanceof Round.Done done
                ? Optional.of(new Accounted(
                        done.sum().totals().devices(), done.sum().totals().rejections()))
                : Optional.empty();
    }
}
