package dev.starling.fleet;

/**
 * Whether devices come to the coordinator or it can reach them.
 *
 * @param everySeconds an eligible device checks in once in this time, unless told to come later; 0: no check-ins, any
 *     eligible device can be asked at once
 * @param steered whether the coordinator tells devices to come later when more come than rounds need
 * @param gatherSeconds steered: the time in which the devices of a round are to come, above 0
 */
public record CheckInSettings(double everySeconds, boolean steered, double gatherSeconds) {

    public static final CheckInSettings NONE = new CheckInSettings(0, false, 60);

    public boolean on() {
        return everySeconds > 0;
    }
}
