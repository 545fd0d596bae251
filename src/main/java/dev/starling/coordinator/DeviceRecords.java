package dev.starling.coordinator;

import dev.starling.coordinator.FleetLedger.Outcome;
import dev.starling.device.Work;
import dev.starling.device.Work.Task;
import dev.starling.metrics.DeviceRecord;
import dev.starling.metrics.Spending;
import dev.starling.model.Evaluation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is known of single devices at the end of a run. */
final class DeviceRecords {

    private static final int NOT_EVALUATED = -1;

    private DeviceRecords() {}

    /**
     * Of all devices that were ever asked, and of those that were evaluated, in order.
     *
     * @param evaluated what the survey found; devices missing in it have empty evaluations
     */
    static List<DeviceRecord> of(FederatedRun run, Collection<DeviceRecord> evaluated) {
        Map<Integer, DeviceRecord> known =
                evaluated.stream().collect(Collectors.toMap(DeviceRecord::device, Function.identity()));
        SortedSet<Integer> devices = run.ledger().devices();
        devices.addAll(known.keySet());
        List<DeviceRecord> records = new ArrayList<>(devices.size());
        for (int device : devices) {
            DeviceRecord record = known.get(device);
            records.add(record == null ? unevaluated(run, device) : record);
        }
        return records;
    }

    /** Of all devices that were ever asked, in order, in a run that only rehearsed: nobody has a model of its own. */
    static List<DeviceRecord> rehearsed(FederatedRun run) {
        return run.ledger().devices().stream()
                .map(device -> unevaluated(run, device))
                .map(record -> record.state() == DeviceRecord.State.FRESH
                        ? record
                        : record.inState(DeviceRecord.State.REHEARSED))
                .toList();
    }

    private static DeviceRecord unevaluated(FederatedRun run, int device) {
        FleetLedger.Entry entry = run.ledger().of(device);
        Spending underWay = run.ledger().underWay(device);
        return new DeviceRecord(
                device,
                run.fleet().fleet().classOf(device).name(),
                run.fleet().examples(device, run.now()),
                NOT_EVALUATED,
                entry.asked(),
                entry.reported(),
                entry.lineage().last().map(Work::version).orElse(-1),
                state(entry),
                entry.spent().plus(underWay),
                entry.wasted(),
                underWay,
                Evaluation.NONE,
                Evaluation.NONE,
                Evaluation.NONE,
                Evaluation.NONE);
    }

    /** Where its own model comes from. */
    static DeviceRecord.State state(FleetLedger.Entry entry) {
        if (entry.last() != Outcome.COUNTED) {
            return entry.last() == Outcome.DIVERGED ? DeviceRecord.State.DIVERGED : DeviceRecord.State.REJECTED;
        }
        return entry.lineage()
                .last()
                .map(work -> work.task() == Task.FEDERATED ? DeviceRecord.State.TRAINED : DeviceRecord.State.PERSONAL)
                .orElse(DeviceRecord.State.FRESH);
    }
}
