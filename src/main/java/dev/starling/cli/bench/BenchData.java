package dev.starling.cli.bench;

import dev.starling.data.DataShape;
import dev.starling.data.FederatedData;
import dev.starling.model.Examples;
import java.util.List;

/** A fleet whose devices all own the same examples, in memory. */
record BenchData(DataShape shape, Examples examples) implements FederatedData {

    @Override
    public int devices() {
        return Integer.MAX_VALUE;
    }

    @Override
    public int trainingCount(int device) {
        return examples.count();
    }

    @Override
    public Examples training(int device) {
        return examples;
    }

    @Override
    public Examples heldOut(int device) {
        return examples;
    }

    @Override
    public List<Integer> labelCounts(int device) {
        return List.of();
    }

    @Override
    public Examples test() {
        return examples;
    }

    @Override
    public Examples proxy() {
        return examples;
    }
}
