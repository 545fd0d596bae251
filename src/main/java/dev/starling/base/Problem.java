package dev.starling.base;

/**
 * One thing that is wrong with what a user gave.
 *
 * @param place where: {@code simulations/x.conf:14}, {@code housing.csv: line 3, column 5}, or a file name
 * @param message the thing, the rule and the value: {@code rounds.cohort must be at most fleet.devices (100), got 250}
 */
public record Problem(String place, String message) {

    @Override
    public String toString() {
        return place.isEmpty() ? message : place + ": " + message;
    }
}
