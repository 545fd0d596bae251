package dev.starling.coordinator;

import dev.starling.base.KeyedPermutation;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.device.DeviceHost;
import dev.starling.metrics.RunInfo;
import dev.starling.scenario.PhaseSettings;
import dev.starling.scenario.Scenario;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What a coordinator tells its listener, put together from what it knows. */
final class Records {

    /** Devices evaluated at most: of larger fleets only those that were asked, of more than so many a keyed sample. */
    static final int SURVEY_LIMIT = 10_000;

    private Records() {}

    static RunInfo info(RunContext context, DeviceHost host, int nodes, FederatedRun run) {
        Scenario scenario = context.scenario();
        PhaseSettings phases = scenario.phases();
        return new RunInfo(
                scenario.name(),
                scenario.seed(),
                nodes,
                context.threads(),
                scenario.fleet().devices(),
                run.maxRounds(),
                phases.metric().name().toLowerCase(Locale.ROOT),
                phases.target().orElse(Double.NaN),
                host.data().shape().classification(),
                host.architecture().layout().bytes(),
                host.architecture().layout().count(),
                run.fleet().tooSmall(),
                host.personalTensors().whyBaseIsIncomplete(),
                context.spec().files(),
                false,
                host.data().notes());
    }

    /** Whom to ask for their own figures at the end. */
    static List<Integer> devicesToSurvey(Scenario scenario, FleetLedger ledger) {
        if (!scenario.phases().evaluateDevices()) {
            return List.of();
        }
        int devices = scenario.fleet().devices();
        if (devices <= SURVEY_LIMIT) {
            return IntStream.range(0, devices).boxed().toList();
        }
        List<Integer> asked = List.copyOf(ledger.devices());
        if (asked.size() <= SURVEY_LIMIT) {
            return asked;
        }
        // Not the lowest ids: where the data says which device has which examples, neighbours are alike.
        KeyedPermutation order = new KeyedPermutation(asked.size(), new Seeds(scenario.seed()).of(Purpose.SURVEY));
        return IntStream.range(0, SURVEY_LIMIT)
                .mapToObj(place -> asked.get(order.at(place)))
                .sorted()
                .toList();
    }
}
