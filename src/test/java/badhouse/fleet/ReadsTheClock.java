package badhouse.fleet;

import java.time.Clock;
import java.time.Instant;
import java.util.Random;

/** Takes time and chance from the air. */
final class ReadsTheClock {

    private ReadsTheClock() {}

    static String now() {
        return System.nanoTime() + " " + Instant.now() + new Random().nextInt() + Clock.systemUTC();
    }
}
