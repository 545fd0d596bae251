package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.device.DeviceHost;
import dev.starling.model.Evaluation;
import dev.starling.model.Snapshot;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import dev.starling.store.sql.VersionField;
import dev.starling.store.sql.VersionQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Recovers the models of a sample of devices and evaluates each on the data of each. */
final class Transfer {

    private Transfer() {}

    /** A keyed draw: the same seed and store give the same devices, in ascending order. */
    static List<Integer> sample(OpenStore open, DeviceHost host, int devices) {
        List<Integer> owners =
                open.store().keys(open.run(), VersionQuery.all().atLeast(VersionField.DEVICE, 0)).stream()
                        .map(VersionKey::owner)
                        .distinct()
                        .filter(device -> device < host.scenario().fleet().devices())
                        .toList();
        Rng rng = new Seeds(host.scenario().seed()).of(Purpose.MODEL_SAMPLE);
        List<Integer> chosen = new ArrayList<>();
        for (int index : rng.permutation(owners.size())) {
            int device = owners.get(index);
            if (chosen.size() < devices && host.data().heldOut(device).count() > 0) {
                chosen.add(device);
            }
        }
        if (chosen.size() < 2) {
            throw new InputException(
                    open.run(),
                    "a transfer needs at least 2 devices with a version and held-out data, found " + chosen.size()
                            + " of " + owners.size() + " (data.hold-back is "
                            + host.scenario().data().holdBack() + ")");
        }
        return chosen.stream().sorted().toList();
    }

    /** Evaluates the latest version of each of {@code devices}, and of the base, on what each holds out at that time. */
    static TransferMatrix measure(OpenStore open, DeviceHost host, List<Integer> devices, double tolerance) {
        List<VersionRecord> versions = devices.stream()
                .map(device -> open.store()
                        .at(open.run(), device, VersionKey.MAX_SEQUENCE)
                        .orElseThrow())
                .toList();
        SimTime now = versions.stream()
                .map(VersionRecord::created)
                .max(SimTime::compareTo)
                .orElseThrow();
        List<Snapshot> models =
                new ArrayList<>(versions.stream().map(open::recover).toList());
        open.store()
                .at(open.run(), VersionKey.BASE, VersionKey.MAX_SEQUENCE)
                .ifPresent(base -> models.add(open.recover(base)));
        for (int i = 0; i < models.size(); i++) {
            if (!models.get(i).layout().equals(host.architecture().layout())) {
                throw new InputException(
                        i < versions.size() ? versions.get(i).key().toString() : "base",
                        "is no model of this run's scenario: it has other tensors");
            }
        }
        int n = devices.size();
        Evaluation[][] found = new Evaluation[n + 1][n];
        IntStream.range(0, models.size()).parallel().forEach(i -> {
            for (int j = 0; j < n; j++) {
                found[i][j] = host.evaluate(models.get(i), host.views().heldOut(devices.get(j), now));
            }
        });
        boolean accuracy = host.data().shape().classification();
        double[][] losses = new double[n][n];
        double[][] figures = new double[n][n];
        double[] base = new double[n];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                losses[i][j] = found[i][j].loss();
                figures[i][j] = figure(found[i][j], accuracy);
            }
            base[j] = models.size() > n ? figure(found[n][j], accuracy) : Double.NaN;
        }
        return new TransferMatrix(devices, accuracy, tolerance, losses, figures, base);
    }

    private static double figure(Evaluation found, boolean accuracy) {
        return accuracy ? found.accuracy() : found.rmse();
    }
}
