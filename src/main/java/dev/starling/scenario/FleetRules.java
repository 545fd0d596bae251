package dev.starling.scenario;

import com.typesafe.config.ConfigUtil;
import dev.starling.algorithm.Algorithms;
import dev.starling.fleet.AsyncSettings;
import dev.starling.fleet.AvailabilitySettings;
import dev.starling.fleet.DeviceClass;
import dev.starling.fleet.LifeSettings;
import dev.starling.fleet.RoundSettings;
import dev.starling.fleet.TierSettings;
import dev.starling.fleet.life.Region;
import dev.starling.fleet.selection.SelectionSettings.Kind;

/** What must hold between the settings of the fleet and of its rounds. */
final class FleetRules {

    /** What adding doubles loses; thirds can be written as 1/3. */
    private static final double SHARE_TOLERANCE = 1e-9;

    private static final String COHORT = "rounds.cohort";
    private static final String DEVICES = "fleet.devices";
    private static final String TIERS = "rounds.tiers.regional-rounds";
    private static final String OVER_SELECTION = "rounds.over-selection";

    private final Scenario draft;
    private final RoundSettings rounds;
    private final Reading reading;

    private FleetRules(Scenario draft, Reading reading) {
        this.draft = draft;
        this.rounds = draft.rounds();
        this.reading = reading;
    }

    static void check(Scenario draft, Reading reading) {
        FleetRules rules = new FleetRules(draft, reading);
        rules.sharesAreAll();
        rules.sharesOfRegionsAreAll();
        rules.selectionFits();
        rules.capacitiesAreOfSomething();
        rules.cohortFitsFleet();
        rules.fixedCohorts();
        rules.asynchronous();
        rules.asynchronousSelection();
        rules.tiers();
        if (Algorithms.of(draft.algorithm()).gradientOnly()) {
            rules.everyDeviceEveryStep();
        }
    }

    private void sharesOfRegionsAreAll() {
        double sum = draft.fleet().life().regions().stream()
                .mapToDouble(Region::share)
                .sum();
        String[] shares = draft.fleet().life().regions().stream()
                .map(region -> ConfigUtil.joinPath("fleet", "regions", region.name(), "share"))
                .toArray(String[]::new);
        reading.rule(
                Math.abs(sum - 1) <= SHARE_TOLERANCE,
                "the shares of all fleet.regions must sum to 1, got " + Range.plain(Math.rint(sum * 1e6) / 1e6),
                shares);
    }

    private void tiers() {
        if (rounds.tiers().isEmpty()) {
            return;
        }
        boolean byClass = rounds.tiers().get().by() == TierSettings.By.CLASS;
        String groups = byClass ? "fleet.classes" : "fleet.regions";
        int count = byClass
                ? draft.fleet().classes().size()
                : draft.fleet().life().regions().size();
        reading.rule(
                count >= 2,
                groups + " must be at least 2 with " + TIERS + ", as each has a base model of its own; got " + count,
                groups,
                TIERS);
        reading.rule(
                !Algorithms.of(draft.algorithm()).gradientOnly(),
                TIERS
                        + " must be none with algorithm.kind = "
                        + Values.spelled(draft.algorithm().kind())
                        + ", where there is one base and no local training",
                TIERS,
                "algorithm.kind");
        reading.rule(
                rounds.asynchronous().isEmpty(),
                TIERS + " must be none where training is asynchronous: the reports of a region have no round to end",
                TIERS,
                "rounds.asynchronous.kind");
    }

    private void capacitiesAreOfSomething() {
        String flops = "fleet.capacities.flops-per-sample";
        reading.rule(
                draft.fleet().capacities().isPresent()
                        || reading.given(flops)
                                .filter(value -> !value.unwrapped().equals("auto"))
                                .isEmpty(),
                flops + " must be left out without fleet.capacities.file",
                flops);
    }

    private void selectionFits() {
        Kind strategy = rounds.selection().kind();
        boolean checkIn = draft.fleet().life().checkIn().on();
        reading.rule(
                strategy != Kind.ROUND_ROBIN || !checkIn,
                "fleet.check-in.every must be 0 with rounds.selection.kind = round-robin: the coordinator cannot choose"
                        + " who comes next",
                "fleet.check-in.every",
                "rounds.selection.kind");
        reading.rule(
                rounds.cohorts().isEmpty() || (strategy == Kind.UNIFORM && !checkIn),
                "rounds.selection.kind must be uniform and fleet.check-in.every 0 where rounds.cohorts says who is asked",
                "rounds.selection.kind",
                "fleet.check-in.every",
                "rounds.cohorts");
        reading.rule(
                draft.fleet().life().availability() instanceof AvailabilitySettings.Daily
                        || draft.fleet().life().regions().size() == 1
                        || rounds.tiers().isPresent(),
                "fleet.availability.kind must be daily where fleet.regions have different times of day",
                "fleet.availability.kind",
                "fleet.regions");
    }

    /** Devices are asked one by one then, uniformly among the eligible. */
    private void asynchronousSelection() {
        reading.rule(
                rounds.asynchronous().isEmpty()
                        || (rounds.selection().kind() == Kind.UNIFORM
                                && !draft.fleet().life().checkIn().on()
                                && draft.fleet().life().coolDownSeconds() == 0),
                "rounds.selection, fleet.check-in and fleet.cool-down must be left out with rounds.asynchronous",
                "rounds.selection.kind",
                "fleet.check-in.every",
                "fleet.cool-down",
                "rounds.asynchronous.kind");
    }

    private void sharesAreAll() {
        double sum =
                draft.fleet().classes().stream().mapToDouble(DeviceClass::share).sum();
        String[] shares = draft.fleet().classes().stream()
                .map(phone -> ConfigUtil.joinPath("fleet", "classes", phone.name(), "share"))
                .toArray(String[]::new);
        reading.rule(
                Math.abs(sum - 1) <= SHARE_TOLERANCE,
                "the shares of all fleet.classes must sum to 1, got " + Range.plain(Math.rint(sum * 1e6) / 1e6),
                shares);
    }

    private void cohortFitsFleet() {
        if (rounds.asynchronous().isPresent()) {
            return;
        }
        int devices = draft.fleet().devices();
        boolean fits = rounds.cohort() <= devices;
        String byDefault = reading.given(COHORT).isPresent() ? "" : " (the default)";
        reading.rule(
                fits,
                COHORT + " must be at most " + DEVICES + " (" + devices + "), got " + rounds.cohort() + byDefault,
                COHORT,
                DEVICES);
        long asked = rounds.askedDevices();
        reading.rule(
                !fits || asked <= devices,
                OVER_SELECTION + " × " + COHORT + " must be at most " + DEVICES + " (" + devices + "), got "
                        + Range.plain(rounds.overSelection()) + " × " + rounds.cohort() + " = " + asked,
                OVER_SELECTION,
                COHORT,
                DEVICES);
        reading.rule(
                rounds.minimumReports() <= rounds.cohort(),
                "rounds.minimum-reports must be at most " + COHORT + " (" + rounds.cohort() + "), got "
                        + rounds.minimumReports(),
                "rounds.minimum-reports",
                COHORT,
                DEVICES);
    }

    private void fixedCohorts() {
        if (rounds.cohorts().isPresent()) {
            reading.rule(
                    rounds.overSelection() == 1,
                    OVER_SELECTION + " must be 1 where rounds.cohorts says who is asked, got "
                            + Range.plain(rounds.overSelection()),
                    OVER_SELECTION,
                    "rounds.cohorts");
        }
    }

    private void asynchronous() {
        if (rounds.asynchronous().isEmpty()) {
            return;
        }
        AsyncSettings settings = rounds.asynchronous().get();
        String kind = "rounds.asynchronous.kind";
        int devices = draft.fleet().devices();
        reading.rule(
                settings.concurrency() <= devices,
                "rounds.asynchronous.concurrency must be at most " + DEVICES + " (" + devices + "), got "
                        + settings.concurrency(),
                "rounds.asynchronous.concurrency",
                kind,
                DEVICES);
        reading.rule(
                settings.buffer() <= devices,
                "rounds.asynchronous.buffer must be at most " + DEVICES + " (" + devices + "), got " + settings.buffer()
                        + ": a device is in it once",
                "rounds.asynchronous.buffer",
                kind,
                DEVICES);
        reading.rule(
                !Algorithms.of(draft.algorithm()).gradientOnly(),
                "algorithm.kind must not be " + Values.spelled(draft.algorithm().kind())
                        + " where training is asynchronous",
                "algorithm.kind",
                kind);
    }

    /** A data-parallel step is over when every replica has its gradient: nobody is left out, late or cut off. */
    private void everyDeviceEveryStep() {
        String with = " with algorithm.kind = "
                + Values.spelled(draft.algorithm().kind()) + ", where every device takes part in every step";
        int devices = draft.fleet().devices();
        reading.rule(
                rounds.cohort() == devices || rounds.cohort() > devices,
                COHORT + " must be all" + with + "; got " + rounds.cohort(),
                COHORT,
                DEVICES,
                "algorithm.kind");
        reading.rule(
                rounds.overSelection() == 1,
                OVER_SELECTION + " must be 1" + with + "; got " + Range.plain(rounds.overSelection()),
                OVER_SELECTION,
                "algorithm.kind");
        reading.rule(
                rounds.deadlineSeconds() == Double.POSITIVE_INFINITY,
                "rounds.deadline must be infinite" + with + "; got " + Range.plain(rounds.deadlineSeconds()) + " s",
                "rounds.deadline",
                "algorithm.kind");
        reading.rule(
                rounds.cohorts().isEmpty(),
                "rounds.cohorts must be left out" + with,
                "rounds.cohorts",
                "algorithm.kind");
        LifeSettings life = draft.fleet().life();
        reading.rule(
                life.availability() instanceof AvailabilitySettings.Always
                        && life.optOut().share() == 0
                        && life.coolDownSeconds() == 0
                        && !life.checkIn().on()
                        && rounds.selection().kind() == Kind.UNIFORM,
                "fleet.availability, fleet.opt-out, fleet.cool-down, fleet.check-in and rounds.selection must be left out"
                        + with,
                "fleet.availability.kind",
                "fleet.opt-out.share",
                "fleet.cool-down",
                "fleet.check-in.every",
                "rounds.selection.kind",
                "algorithm.kind");
        for (DeviceClass phone : draft.fleet().classes()) {
            String dropOut = ConfigUtil.joinPath("fleet", "classes", phone.name(), "drop-out");
            reading.rule(
                    phone.dropOut() == 0,
                    dropOut + " must be 0" + with + "; got " + Range.plain(phone.dropOut()),
                    dropOut,
                    "algorithm.kind");
        }
    }
}
