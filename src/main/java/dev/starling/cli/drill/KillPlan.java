package dev.starling.cli.drill;

import java.util.SplittableRandom;

/**
 * What is killed in one of a series of runs, and when: at the earliest when the run has gathered its nodes. Before that it
 * has neither a coordinator nor devices, and nodes that only wait for runs are not what the drill is about.
 *
 * @param workers nodes that only work
 * @param standBys nodes that stand by too
 * @param index of the victim among those of its kind
 * @param afterRounds rounds that are committed before; with 0 it is killed while the first is under way, or about to be
 * @param millis of wall time after that
 */
record KillPlan(int workers, int standBys, Victim victim, int index, int afterRounds, int millis) {

    /** Which kind of process is killed. */
    enum Victim {
        COORDINATOR,
        WORKER,
        STAND_BY
    }

    private static final int MIN_JVMS = 3;
    private static final int MAX_JVMS = 5;
    private static final int SECOND_MILLIS = 1000;

    /** One time in so many a process is killed before the first round. */
    private static final int BEFORE_ROUNDS = 6;

    /**
     * The same for the same numbers.
     *
     * @param time which of the series, from 1
     * @param rounds of the whole run: processes are killed in its first half
     */
    static KillPlan of(long seed, int time, int rounds) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + time);
        int others = random.nextInt(MIN_JVMS, MAX_JVMS + 1) - 1; // The run's own process is one of them.
        int standBys = random.nextInt(1, others);
        Victim victim = Victim.values()[random.nextInt(Victim.values().length)];
        int kind = victim == Victim.STAND_BY ? standBys : victim == Victim.WORKER ? others - standBys : 1;
        int index = random.nextInt(kind);
        boolean early = random.nextInt(BEFORE_ROUNDS) == 0;
        int afterRounds = early ? 0 : random.nextInt(1, Math.max(2, rounds / 2));
        return new KillPlan(others - standBys, standBys, victim, index, afterRounds, random.nextInt(SECOND_MILLIS));
    }

    int jvms() {
        return workers + standBys + 1;
    }
}
