package dev.starling.cli;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import java.util.Locale;

/**
 * A small scenario drawn from a seed: any of what rounds, fleets and personal sessions can be, as far as that goes
 * together.
 *
 * @param text as a scenario file has it
 * @param trained whether it is run, else it is only rehearsed
 * @param stopAfter the run is stopped after this round and taken up again; 0: never
 */
record RandomScenario(String text, boolean trained, int stopAfter) {

    /** A whole run takes as long as many rehearsals. */
    private static final int RUN_EVERY = 10;

    static RandomScenario of(long seed) {
        return new Draw(new Seeds(seed).of(Purpose.SAMPLE_SIZE), seed).scenario();
    }

    private record Draw(Rng rng, long seed) {

        RandomScenario scenario() {
            boolean trained = seed % RUN_EVERY == 0;
            boolean asynchronous = rng.nextInt(3) == 0;
            int devices = 2 + rng.nextInt(40);
            int rounds = 1 + rng.nextInt(trained ? 6 : 25);
            boolean tiers = !asynchronous && rng.nextInt(4) == 0;
            boolean daily = rng.nextInt(3) == 0;
            StringBuilder text = new StringBuilder();
            line(text, "seed = %d", seed);
            line(
                    text,
                    "data { source {kind = synthetic, max-examples = %d, test-examples = 9, features = 3, classes = 3 }",
                    2 + rng.nextInt(40));
            line(text, "  hold-back = %s }", one("0", "0.2", "0.5"));
            if (rng.nextInt(4) == 0) {
                line(text, "data.arrival { per-day = %d, initial = %d }", 1 + rng.nextInt(200), rng.nextInt(3));
            }
            line(text, "model.network = logistic");
            line(
                    text,
                    "local { epochs = %d, batch = %d, learning-rate = %s }",
                    1 + rng.nextInt(3),
                    1 + rng.nextInt(12),
                    one("0.1", "0.1", "1e30"));
            fleet(text, devices, asynchronous, tiers, daily);
            rounds(text, devices, rounds, asynchronous, tiers);
            personal(text, asynchronous);
            line(text, "evaluate-devices = %s", one("true", "true", "false"));
            return new RandomScenario(
                    text.toString(), trained, trained && seed % (2 * RUN_EVERY) == 0 ? 1 + rng.nextInt(rounds) : 0);
        }

        private void fleet(StringBuilder text, int devices, boolean asynchronous, boolean tiers, boolean daily) {
            line(text, "fleet { devices = %d, start = \"2026-01-05T%02d:%02d:00Z\"", devices, hour(), rng.nextInt(60));
            line(text, "  classes {");
            line(
                    text,
                    "    new { share = 0.6, flops-per-second = %d, drop-out = %s }",
                    speed(),
                    one("0", "0.1", "0.6"));
            line(text, "    old { like = old, share = 0.4, flops-per-second = %d, up-per-second = 20 }", speed());
            line(text, "  }");
            if (tiers || (daily && rng.nextInt(2) == 0)) {
                line(text, "  regions { east.share = 0.5, west.share = 0.5 }");
            }
            if (daily) {
                line(text, "  availability.kind = daily");
                line(
                        text,
                        "  eligible = \"%s\"",
                        one("charging || battery > 0.5", "idle && charging", "battery > 0.3"));
            }
            if (!asynchronous && rng.nextInt(5) == 0) {
                line(
                        text,
                        "  check-in { every = %d minutes, steered = %s }",
                        5 + rng.nextInt(60),
                        one("true", "false"));
            }
            if (!asynchronous && rng.nextInt(5) == 0) {
                line(text, "  cool-down = %d minutes", rng.nextInt(90));
            }
            line(text, "}");
        }

        private void rounds(StringBuilder text, int devices, int rounds, boolean asynchronous, boolean tiers) {
            line(text, "rounds { max = %d, evaluate-every = %d", rounds, 1 + rng.nextInt(4));
            String deadline = one("infinite", "20 s", "3 minutes");
            // A run in which everybody would be late ends without files to audit.
            boolean waits = asynchronous && seed % RUN_EVERY == 0;
            line(text, "  deadline = %s, pause = %s", waits ? "infinite" : deadline, one("0 s", "7 s", "50 minutes"));
            int cohort = 1 + rng.nextInt(devices);
            if (asynchronous) {
                boolean fedBuff = rng.nextInt(3) > 0;
                line(text, "  cohort = 1");
                line(
                        text,
                        fedBuff
                                ? "  asynchronous { kind = fedbuff, buffer = %2$d, concurrency = %1$d }"
                                : "  asynchronous { kind = fedasync, concurrency = %1$d }",
                        1 + rng.nextInt(devices),
                        1 + rng.nextInt(Math.min(5, devices)));
            } else {
                line(text, "  cohort = %d, minimum-reports = %d", cohort, 1 + rng.nextInt(cohort));
                line(
                        text,
                        "  over-selection = %.2f",
                        Math.min(1 + rng.nextInt(60) / 100.0, (double) devices / cohort - 0.005) < 1
                                ? 1.0
                                : Math.min(1 + rng.nextInt(60) / 100.0, Math.floor(100.0 * devices / cohort) / 100));
            }
            if (tiers) {
                line(text, "  tiers.regional-rounds = %s", one("1", "2", "3", "never"));
            }
            line(text, "}");
            line(text, "algorithm { %s }", one("kind = fedavg", "kind = fedavg", "kind = fedprox, mu = 0.1"));
        }

        private void personal(StringBuilder text, boolean asynchronous) {
            if (rng.nextInt(4) > 0) {
                return;
            }
            line(text, "personal { sessions = 2, share = 0.6, pause = %s", one("0 s", "3 hours"));
            if (!asynchronous && rng.nextInt(2) == 0) {
                line(
                        text,
                        "  update { policy = %s, after = 1, rounds = 2 }",
                        one("replace", "keep", "rebase", "retrain"));
            }
            line(text, "}");
        }

        private int hour() {
            return rng.nextInt(24);
        }

        /** Of one FLOP and more a second: work takes from milliseconds to minutes. */
        private int speed() {
            return (int) Math.pow(10, 1 + rng.nextInt(5));
        }

        private String one(String... of) {
            return of[rng.nextInt(of.length)];
        }

        private static void line(StringBuilder text, String format, Object... values) {
            text.append(String.format(Locale.ROOT, format, values)).append('\n');
        }
    }
}
