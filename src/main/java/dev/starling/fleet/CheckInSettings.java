package dev.starling.fleet;

/**
 * Whether devices come to the coordinator or it can reach them.
 *
 * @param everySeconds an eligible device checks in once in this time, unless told to come later; 0: no check-ins, any
 *     eligible device can be asked at once
 * @param steered whether the coordinator tells devices to come later when more come than rounds need
 */
public record CheckInSettings(double everySeconds, boolean steered) {

    public static final CheckInSettings NONE = new CheckInSettings(0, false);

    public boolean on() {
        return everySeconds > 0;
    }
}
