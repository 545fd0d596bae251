package dev.starling.cli;

import dev.starling.fleet.DeviceProfile;
import dev.starling.fleet.Fleet;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes how fast devices are as a table of capacities, so that it can be edited, or used in another scenario. */
final class CapacityWriter {

    private static final double TRAINING_PER_INFERENCE = 3;

    private CapacityWriter() {}

    /**
     * Of the first {@code devices}. The table has one bandwidth: that at which down and up together take as long.
     *
     * @param flopsPerExample of training the model whose latency is written
     */
    static void write(Path file, Fleet fleet, double flopsPerExample, int devices) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("device,computation,communication\n");
            for (int device = 0; device < devices; device++) {
                DeviceProfile profile = fleet.profile(device);
                double latencyMillis = 1000 * forward(flopsPerExample) / profile.flopsPerSecond();
                double bytesPerSecond = 2 / (1 / profile.downBytesPerSecond() + 1 / profile.upBytesPerSecond());
                out.write(
                        String.format(Locale.ROOT, "%d,%.4g,%.4g%n", device, latencyMillis, bytesPerSecond * 8 / 1000));
            }
        }
    }

    /** Operations of the forward pass, as FedScale counts it: a third of training. */
    static double forward(double flopsPerExample) {
        return flopsPerExample / TRAINING_PER_INFERENCE;
    }
}
