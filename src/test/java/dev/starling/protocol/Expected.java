package dev.starling.protocol;

import dev.starling.metrics.DeviceRecord;
import dev.starling.metrics.RoundRecord;
import java.util.List;
import java.util.Map;

/**
 * How a run ends and what its rounds are, but for wall time: the same whatever happens on the way.
 *
 * @param root of the final base
 */
public record Expected(String root, Map<Integer, RoundRecord> rounds, List<DeviceRecord> devices) {

    public Expected {
        rounds = Map.copyOf(rounds);
        devices = List.copyOf(devices);
    }

    /** {@code record} without what depends on how fast the machine is, and on what had to be sent again. */
    public static RoundRecord timeless(RoundRecord record) {
        return new RoundRecord(
                record.round(),
                record.stage(),
                record.version(),
                record.closes(),
                record.fleetSeconds(),
                record.asked(),
                record.reported(),
                record.late(),
                record.droppedOut(),
                record.rejected(),
                record.abandoned(),
                record.trainLoss(),
                record.evaluation(),
                record.localSteps(),
                record.examplesTrained(),
                record.downBytes(),
                record.upBytes(),
                record.deltaNorm(),
                0,
                0,
                0,
                record.fleet(),
                record.cloud(),
                record.rejections());
    }
}
