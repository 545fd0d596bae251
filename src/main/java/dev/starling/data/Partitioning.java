package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.ByColumn;
import dev.starling.data.DataSettings.Dirichlet;
import dev.starling.data.DataSettings.FromFile;
import dev.starling.data.DataSettings.Generated;
import dev.starling.data.DataSettings.Iid;
import dev.starling.data.DataSettings.LogNormal;
import dev.starling.data.DataSettings.Partition;
import dev.starling.data.DataSettings.PowerLaw;
import dev.starling.data.DataSettings.Shards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Splits training rows over devices. A pure function of the data and the seed: every node computes the same split. */
final class Partitioning {

    private Partitioning() {}

    /** @param rows the rows to split, ascending: those that are not proxy data */
    static Ownership split(Partition partition, DataSet data, int[] rows, int devices, Seeds seeds) {
        if (!(partition instanceof FromFile) && rows.length < devices) {
            throw new InputException(
                    "",
                    "fleet.devices must be at most the number of training examples that devices can own (" + rows.length
                            + " in " + data.name() + "), got " + devices);
        }
        Rng rng = seeds.of(Purpose.PARTITION);
        if (partition instanceof Iid) {
            return SizePartitions.iid(rows, devices, rng);
        } else if (partition instanceof LogNormal logNormal) {
            return SizePartitions.logNormal(rows, devices, logNormal, rng);
        } else if (partition instanceof ByColumn column) {
            Groups groups = data.groups()
                    .orElseThrow(() -> new InputException(
                            data.name(),
                            "has no column " + column.column() + " to group devices by: only tables have columns"));
            return SizePartitions.byGroup(rows, groups, devices, column.column(), rng);
        } else if (partition instanceof FromFile
                || (partition instanceof Generated && data.owners().isPresent())) {
            return fromFile(data, rows, devices);
        } else if (partition instanceof Generated) {
            throw new InputException(data.name(), "does not generate examples per device: choose another partition");
        }
        LabelPartitions labels = LabelPartitions.of(partition, data, rows, devices, rng);
        if (partition instanceof Shards shards) {
            return labels.shards(shards);
        } else if (partition instanceof Dirichlet dirichlet) {
            return labels.dirichlet(dirichlet);
        }
        return labels.powerLaw((PowerLaw) partition);
    }

    private static Ownership fromFile(DataSet data, int[] rows, int devices) {
        Ownership owners = data.owners()
                .orElseThrow(() -> new InputException(
                        data.name(), "must hold an array offsets (device k owns rows offsets[k] to offsets[k+1]-1)"));
        if (owners.devices() != devices) {
            throw new InputException(
                    "",
                    "fleet.devices must be " + owners.devices() + ", the number of devices in " + data.name() + ", got "
                            + devices);
        }
        if (rows.length == data.train().rows()) {
            return owners;
        }
        return withoutProxy(owners, rows, data.train().rows());
    }

    private static Ownership withoutProxy(Ownership owners, int[] rows, int all) {
        boolean[] stays = new boolean[all];
        for (int row : rows) {
            stays[row] = true;
        }
        List<int[]> lists = new ArrayList<>();
        for (int device = 0; device < owners.devices(); device++) {
            int start = owners.start(device);
            lists.add(Arrays.stream(owners.order(), start, start + owners.count(device))
                    .filter(row -> stays[row])
                    .toArray());
        }
        return Ownership.of(lists);
    }
}
