package dev.starling.fleet.life;

/**
 * What eligibility can ask about a device at one moment. Answers are found out when they are asked for: most devices fail
 * the first condition, and then the others have cost nothing. Not for several threads at once.
 */
public interface Circumstances {

    /** Whether it can be reached at all. */
    boolean online();

    /** Nobody is using it. */
    boolean idle();

    /** On a charger. */
    boolean charging();

    /** On a network that bills no bytes. */
    boolean unmetered();

    /** Its owner does not want it to take part. */
    boolean optedOut();

    /** Charge, 0 to 1, in whole percents as phones report it. */
    double battery();
}
