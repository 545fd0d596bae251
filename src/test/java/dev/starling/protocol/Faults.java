package dev.starling.protocol;

import java.util.SplittableRandom;

/** What goes wrong besides messages: drawn event by event until there was enough of it. */
final class Faults {

    private static final long SECOND = 1_000_000_000L;

    private final World world;
    private final SplittableRandom random;
    private final int eventsBetween;
    private int left;

    Faults(World world, SplittableRandom random, Conditions conditions) {
        this.world = world;
        this.random = random;
        this.eventsBetween = conditions.eventsBetween();
        this.left = conditions.faults();
    }

    /** Perhaps something goes wrong now. */
    void draw() {
        if (left > 0 && random.nextInt(eventsBetween) == 0) {
            left--;
            happen();
        }
    }

    private void happen() {
        switch (random.nextInt(20)) {
            case 0, 1, 2 -> world.kill(world.some());
            case 3, 4 -> world.killCoordinator();
            case 5 -> world.living().forEach(world::kill);
            case 6, 7 -> world.standStill(world.some(), random.nextLong(9 * SECOND));
            case 8, 9 -> cut();
            case 10, 11 -> world.move(random.nextInt(100));
            case 12, 13 -> world.passivate(random.nextInt(6));
            case 14, 15, 16, 17 -> world.split(random.nextInt(3) == 0, random.nextLong(30 * SECOND));
            case 18 -> world.pause(random.nextLong(20 * SECOND));
            default -> world.stop();
        }
    }

    private void cut() {
        Place from = world.some();
        Place to = world.some();
        if (from != null && to != null && from != to) {
            world.cut(from, to, random.nextLong(30 * SECOND));
        }
    }
}
