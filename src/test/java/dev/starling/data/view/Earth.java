package dev.starling.data.view;

import dev.starling.base.SimTime;

/** Device d lives in region d mod regions; its local time is UTC plus d hours; its class is "even" or "odd". */
record Earth(int regions) implements Surroundings {

    @Override
    public int region(int device) {
        return device % regions;
    }

    @Override
    public double localHour(int device, SimTime now) {
        return (now.epochMillis() / 3_600_000.0 + device) % 24;
    }

    @Override
    public String deviceClass(int device) {
        return device % 2 == 0 ? "even" : "odd";
    }
}
