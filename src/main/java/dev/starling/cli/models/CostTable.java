package dev.starling.cli.models;

import dev.starling.store.Choice;
import dev.starling.store.CostModel;
import dev.starling.store.Form;
import dev.starling.store.FormCost;
import dev.starling.store.Rates;
import dev.starling.store.Replayer;
import dev.starling.store.StoragePolicy;
import dev.starling.store.StoragePolicy.Mode;
import dev.starling.store.VersionFacts;
import dev.starling.store.form.VersionCodec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Works {@link CostRow}s out: what each policy would cost, from a sample, for all versions of a run. */
final class CostTable {

    private final CostSample sample;
    private final Function<Mode, StoragePolicy> policies;
    private final Rates rates;
    private final Optional<Replayer> replayer;
    private final boolean replays;
    private final CostTrial trial;
    private final Map<CostSample.Drawn, VersionFacts> facts = new HashMap<>();

    /** @param replays whether replays are to be priced; measured only with a {@code replayer} */
    CostTable(
            CostSample sample,
            Function<Mode, StoragePolicy> policies,
            Rates rates,
            boolean replays,
            Optional<Replayer> replayer,
            CostTrial trial) {
        this.sample = sample;
        this.policies = policies;
        this.rates = rates;
        this.replayer = replayer;
        this.replays = replays;
        this.trial = trial;
        for (CostSample.Drawn drawn : sample.drawn()) {
            facts.put(drawn, CostForms.facts(drawn, sample, rates, replays, dataShare(drawn)));
        }
    }

    /**
     * Examples are given once, however many versions of their device are trained on them: what goes with one version is an
     * equal share. Empty where raw data stays home.
     */
    private OptionalLong dataShare(CostSample.Drawn drawn) {
        OptionalLong bytes = replays && replayer.isPresent() && drawn.replayable()
                ? replayer.get().dataBytes(drawn.record())
                : OptionalLong.empty();
        return bytes.isEmpty() ? bytes : OptionalLong.of((bytes.getAsLong() + drawn.ofDevice() - 1) / drawn.ofDevice());
    }

    /** A row a policy; replay only where it can be priced. */
    List<CostRow> rows() {
        List<CostRow> rows = new ArrayList<>();
        rows.add(row("all snapshot", Mode.SNAPSHOT));
        rows.add(row("all delta", Mode.DELTA));
        if (replays) {
            rows.add(row("all replay", Mode.REPLAY));
        }
        rows.add(row("auto", Mode.AUTO));
        return rows;
    }

    /** Why auto keeps {@code drawn} as it does. */
    Choice choice(CostSample.Drawn drawn, Mode mode) {
        return new CostModel(policies.apply(mode), rates).choose(Objects.requireNonNull(facts.get(drawn)));
    }

    private CostRow row(String name, Mode mode) {
        Map<CostSample.Drawn, FormCost> chosen = new HashMap<>();
        Map<Form, Integer> forms = new EnumMap<>(Form.class);
        double bytes = 0;
        double data = 0;
        double seconds = 0;
        double cost = 0;
        for (CostSample.Drawn drawn : sample.drawn()) {
            FormCost form = choice(drawn, mode).chosen();
            chosen.put(drawn, form);
            forms.merge(form.form(), 1, Integer::sum);
            bytes += form.bytes();
            data += form.dataBytes();
            seconds += form.recoverSeconds();
            cost += form.total();
        }
        int count = sample.drawn().size();
        double all = (double) sample.personal() / count;
        Optional<Measured> measured = measure(name, chosen);
        StoragePolicy policy = policies.apply(mode);
        double perByte = policy.secondsPerGigabyte() * (policy.years() + 1) / 1e9;
        double bases = baseBytes();
        double sampleBytes = bytes;
        return new CostRow(
                name,
                bytes * all + bases,
                data * all,
                seconds / count,
                measured.map(Measured::recoverSeconds),
                cost * all + perByte * bases,
                measured.map(real -> (perByte * sampleBytes
                                        + policy.recoverProbability() * count * real.recoverSeconds()
                                        + real.deviceSeconds())
                                * all
                        + perByte * bases),
                forms.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().label())
                        .collect(Collectors.joining(", ")));
    }

    /** Base versions are snapshots under every policy; those that the sample was trained from stand for all. */
    private double baseBytes() {
        return sample.models().values().stream()
                        .mapToInt(model -> VersionCodec.encode(model).length)
                        .average()
                        .orElse(0)
                * sample.bases();
    }

    /**
     * What a policy took for real.
     *
     * @param recoverSeconds of a version, on average
     * @param deviceSeconds of the whole sample: encoding, and trainings
     */
    private record Measured(double recoverSeconds, double deviceSeconds) {}

    private Optional<Measured> measure(String name, Map<CostSample.Drawn, FormCost> chosen) {
        boolean recipes = chosen.values().stream().anyMatch(cost -> cost.form() == Form.REPLAY);
        if (recipes && replayer.isEmpty()) {
            return Optional.empty();
        }
        CostTrial.Outcome outcome = trial.run(
                name,
                sample,
                drawn -> CostForms.encoded(
                        drawn, sample, Objects.requireNonNull(chosen.get(drawn)).form()),
                replayer);
        double device = outcome.encodeSeconds() * sample.drawn().size();
        for (FormCost cost : chosen.values()) {
            device += cost.form() == Form.REPLAY ? cost.device() : 0;
        }
        return Optional.of(new Measured(outcome.recoverSeconds(), device));
    }
}
