package dev.starling.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.aggregate.ExactSum;
import dev.starling.aggregate.RoundKey;
import dev.starling.base.SimTime;
import dev.starling.model.Delta;
import dev.starling.model.Snapshot;
import dev.starling.store.ModelRoot;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Data-parallel training over three nodes, without actors: after every step all replicas are the same. */
class ReplicasTest {

    @Test
    void allReplicasAreIdenticalAfterEachStep() {
        SmallFleet fleet = SmallFleet.with("algorithm.kind = data-parallel, local.epochs = 1, rounds.cohort = all");
        List<DeviceHost> nodes = List.of(fleet.host(), fleet.host(), fleet.host());
        BaseModel base = fleet.base(nodes.get(0));
        Set<ModelRoot> steps = new HashSet<>();
        for (int step = 1; step <= 5; step++) {
            RoundKey key = new RoundKey(step, 1);
            Work work = new Work(step, base.version(), 1, new SimTime(step));
            ExactSum sum = new ExactSum(base.weights().layout().count());
            Set<ModelRoot> replicas = new HashSet<>();
            for (int device = 0; device < 10; device++) {
                PersonalModel model = SmallFleet.contribute(nodes.get(device % 3), device, key, 0.1, work, base, base);
                replicas.add(ModelRoot.of(Objects.requireNonNull(model).weights()));
            }
            assertThat(replicas).containsExactly(base.root());
            nodes.forEach(node -> sum.merge(
                    Objects.requireNonNull(node.folds().of(key)).close().sum()));
            base = step(base, sum.toDelta());
            steps.add(base.root());
        }
        assertThat(steps).as("every step moved the model").hasSize(5);
        nodes.forEach(DeviceHost::close);
    }

    private static BaseModel step(BaseModel base, Delta gradient) {
        float[] values = base.weights().toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] -= (float) (0.05 * gradient.get(i));
        }
        return SmallFleet.base(base.version() + 1, Snapshot.of(base.weights().layout(), values));
    }
}
