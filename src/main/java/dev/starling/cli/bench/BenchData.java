package dev.starling.cli.bench;

import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.DataShape;
import dev.starling.data.FederatedData;
import dev.starling.data.ViewSettings;
import dev.starling.data.view.DeviceViews;
import dev.starling.data.view.Surroundings;
import dev.starling.model.Examples;
import java.util.List;

/** A fleet whose devices all own the same examples, in memory. */
record BenchData(DataShape shape, Examples examples) implements FederatedData, Surroundings {

    /** Sees its examples as they are. */
    DeviceViews views(Seeds seeds) {
        return new DeviceViews(this, ViewSettings.PLAIN, this, Trainee.START, seeds);
    }

    @Override
    public int region(int device) {
        return 0;
    }

    @Override
    public double localHour(int device, SimTime now) {
        return 12;
    }

    @Override
    public String deviceClass(int device) {
        return "phone";
    }

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
