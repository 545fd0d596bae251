package dev.starling.fleet.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DailyLifeTest {

    private static final Habits HABITS = new Habits(22.5, 7.5, 0.8, 0.3, 23.25, 7.5, 0.4, 8, 9.5, 0.85, 0.3, 0.045);
    /** A Tuesday. */
    private static final SimTime MIDNIGHT = SimTime.of(Instant.parse("2026-01-06T00:00:00Z"));

    private static final long HOUR = 3_600_000L;
    private static final int DEVICES = 4_000;

    private static DailyLife life(long seed, int offsetMinutes) {
        Seeds seeds = new Seeds(seed);
        return new DailyLife(HABITS, new Regions(List.of(new Region("here", 1, offsetMinutes)), seeds), seeds);
    }

    private static double share(Availability life, SimTime at, Predicate<DeviceState> which) {
        int count = 0;
        for (int device = 0; device < DEVICES; device++) {
            count += which.test(life.at(device, at).state()) ? 1 : 0;
        }
        return (double) count / DEVICES;
    }

    @Test
    void aStateHoldsUntilItsSpellEnds() {
        for (long seed = 0; seed < 200; seed++) {
            Rng rng = new Seeds(seed).of(Purpose.SAMPLE_SIZE);
            DailyLife life = life(seed, rng.nextInt(1440) - 720);
            int device = rng.nextInt(1_000_000);
            SimTime now = MIDNIGHT.plusMillis((long) (rng.nextDouble() * 14 * 24 * HOUR));
            for (int i = 0; i < 60; i++) {
                Spell spell = life.at(device, now);
                long lasts = spell.until().millisSince(now);
                assertThat(lasts).as("seed %d", seed).isPositive();
                SimTime within = now.plusMillis((long) (rng.nextDouble() * lasts));
                assertThat(life.at(device, within).state())
                        .as("seed %d, device %d, %s in %s to %s", seed, device, within, now, spell.until())
                        .isEqualTo(spell.state());
                now = spell.until();
            }
        }
    }

    /** Conditions are found out one by one, in any order, and must say what the whole state says. */
    @Test
    void whatIsFoundOutLazilyIsTheState() {
        for (long seed = 0; seed < 50; seed++) {
            Rng rng = new Seeds(seed).of(Purpose.SAMPLE_SIZE);
            Availability life =
                    new OptingOut(life(seed, rng.nextInt(1440) - 720), new OptOut(0.2, 86_400), new Seeds(seed));
            for (int i = 0; i < 200; i++) {
                int device = rng.nextInt(1_000_000);
                SimTime at = MIDNIGHT.plusMillis((long) (rng.nextDouble() * 14 * 24 * HOUR));
                DeviceState whole = life.at(device, at).state();
                Circumstances lazy = life.now(device, at);
                double battery = lazy.battery();
                boolean optedOut = lazy.optedOut();
                boolean unmetered = lazy.unmetered();
                assertThat(new DeviceState(lazy.online(), lazy.idle(), lazy.charging(), unmetered, optedOut, battery))
                        .as("seed %d, device %d at %s", seed, device, at)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void phonesChargeAndRestAtNightAndAreAtHomeInTheEvening() {
        DailyLife life = life(3, 0);
        SimTime night = MIDNIGHT.plusMillis(3 * HOUR);
        SimTime noon = MIDNIGHT.plusMillis(12 * HOUR);
        // At three in the morning nearly all the nights' chargers are plugged in (0.8), nearly everybody sleeps.
        assertThat(share(life, night, DeviceState::charging)).isCloseTo(0.78, within(0.05));
        assertThat(share(life, night, DeviceState::idle)).isGreaterThan(0.9);
        assertThat(share(life, noon, DeviceState::charging)).isLessThan(0.1);
        assertThat(share(life, noon, DeviceState::idle)).isCloseTo(0.4, within(0.05));
        // At home: those with Wi-Fi there; at noon 0.9 of all are away, where 0.3 have it.
        assertThat(share(life, night, DeviceState::unmetered)).isCloseTo(0.85, within(0.04));
        assertThat(share(life, noon, DeviceState::unmetered)).isCloseTo(0.1 * 0.85 + 0.9 * 0.3, within(0.06));
        assertThat(share(life, night, state -> state.battery() > 0.9)).isGreaterThan(0.5);
    }

    @Test
    void fewerAreAwayAtTheWeekend() {
        DailyLife life = life(4, 0);
        SimTime tuesday = MIDNIGHT.plusMillis(12 * HOUR);
        SimTime saturday = MIDNIGHT.plusMillis((4 * 24 + 12) * HOUR);
        assertThat(share(life, saturday, DeviceState::unmetered))
                .isGreaterThan(share(life, tuesday, DeviceState::unmetered) + 0.1);
    }

    @Test
    void anotherTimeZoneIsTheSameDayAtAnotherTime() {
        Availability west = life(5, -480);
        Availability home = life(5, 0);
        for (int device = 0; device < 200; device++) {
            SimTime at = MIDNIGHT.plusMillis(device * 7_654_321L);
            assertThat(west.at(device, at.plusMillis(8 * HOUR)).state())
                    .isEqualTo(home.at(device, at).state());
        }
    }

    @Test
    void devicesTakeTheRegionsShares() {
        Regions regions = new Regions(List.of(new Region("a", 0.3, 0), new Region("b", 0.7, 60)), new Seeds(1));
        long inA = java.util.stream.IntStream.range(0, 100_000)
                .filter(device -> regions.of(device).name().equals("a"))
                .count();
        assertThat(inA / 1e5).isCloseTo(0.3, within(0.006));
    }

    @Test
    void ownersOptOutAndInAgain() {
        Availability life = new OptingOut(Availability.ALWAYS, new OptOut(0.2, 30 * 86_400), new Seeds(7));
        assertThat(share(life, MIDNIGHT, DeviceState::optedOut)).isCloseTo(0.2, within(0.03));
        int changed = 0;
        for (int device = 0; device < 1_000; device++) {
            boolean now = life.at(device, MIDNIGHT).state().optedOut();
            SimTime until = life.at(device, MIDNIGHT).until();
            assertThat(life.at(device, until.plusMillis(-1)).state().optedOut()).isEqualTo(now);
            assertThat(until.millisSince(MIDNIGHT)).isBetween(1L, 30 * 24 * HOUR);
            changed += life.at(device, until).state().optedOut() == now ? 0 : 1;
        }
        // A new decision differs from the last with probability 2 · 0.2 · 0.8.
        assertThat(changed / 1e3).isCloseTo(0.32, within(0.05));
    }
}
