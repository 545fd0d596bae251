package dev.starling.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkloadTest {

    /** Walks through the steps one by one. */
    private static long[] examplesAfterEachStep(Workload workload, int examples) {
        int batch = workload.batchSize() == 0 ? examples : workload.batchSize();
        long[] seen = new long[workload.epochs() * ((examples + batch - 1) / batch) + 1];
        int step = 0;
        for (int epoch = 0; epoch < workload.epochs(); epoch++) {
            for (int from = 0; from < examples; from += batch) {
                seen[step + 1] = seen[step] + Math.min(batch, examples - from);
                step++;
            }
        }
        return seen;
    }

    @Test
    void stepsAndExamplesAgreeWithWalkingThroughThem() {
        for (int examples = 1; examples <= 23; examples++) {
            for (int batch = 0; batch <= 12; batch++) {
                Workload workload = new Workload(1, 1, 1, 3, batch, false);
                long[] seen = examplesAfterEachStep(workload, examples);
                assertThat(workload.steps(examples)).isEqualTo(seen.length - 1);
                for (int step = 0; step < seen.length; step++) {
                    String at = "examples " + examples + ", batch " + batch + ", step " + step;
                    assertThat(workload.examplesSeen(examples, step)).as(at).isEqualTo(seen[step]);
                    assertThat(workload.stepsWithin(examples, (double) seen[step]))
                            .as(at)
                            .isEqualTo(step);
                    assertThat(workload.stepsWithin(examples, seen[step] - 0.5))
                            .as(at)
                            .isEqualTo(Math.max(0, step - 1));
                }
                assertThat(workload.stepsWithin(examples, Double.POSITIVE_INFINITY))
                        .isEqualTo(seen.length - 1);
            }
        }
    }

    @Test
    void maxStepsEndsTheWorkEarly() {
        Workload workload = new Workload(1, 1, 1, 3, 10, 1, 0, false);
        assertThat(workload.steps(600)).isEqualTo(1);
        assertThat(workload.examplesSeen(600, 1)).isEqualTo(10);
        assertThat(workload.stepsWithin(600, 1e9)).isEqualTo(1);
    }
}
