package dev.starling.scenario;

import dev.starling.store.Rates;
import dev.starling.store.StoragePolicy;
import dev.starling.store.StoragePolicy.Mode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code store}: how the versions of models are kept. */
final class KeepingReader {

    private enum PolicyKind {
        OFF,
        SNAPSHOT,
        DELTA,
        REPLAY,
        AUTO
    }

    private enum Adopt {
        NONE(0),
        INT8(8),
        INT4(4);

        private final int bits;

        Adopt(int bits) {
            this.bits = bits;
        }
    }

    private static final int LONGEST_CHAIN = 10_000;
    private static final int RATES = 5;

    private final Reading reading;
    private final Section store;

    KeepingReader(Reading reading) {
        this.reading = reading;
        this.store = reading.section("store");
    }

    KeepingSettings read() {
        PolicyKind kind = store.read("policy", Values.choice(PolicyKind.class));
        StoragePolicy policy = new StoragePolicy(
                kind == PolicyKind.OFF ? Mode.DELTA : Mode.valueOf(kind.name()),
                store.read("seconds-per-gigabyte", Numbers.number(Range.NOT_NEGATIVE)),
                store.read("years", Numbers.number(Range.NOT_NEGATIVE)),
                store.read("recoveries", Numbers.number(Range.NOT_NEGATIVE)),
                store.read("longest-chain", Numbers.wholeNumber(1, LONGEST_CHAIN)),
                store.read("recovery-seconds", Numbers.number(Range.POSITIVE)));
        return new KeepingSettings(
                kind == PolicyKind.OFF ? Optional.empty() : Optional.of(policy),
                store.readOptional("url", url()),
                store.read("user", Values.text()),
                rounding(kind),
                store.readOptional("rates", rates()));
    }

    /** Rounding changes what is trained and what is uploaded, so no setting of the store alone may bring it about. */
    private int rounding(PolicyKind policy) {
        Adopt rounding = reading.section("local").read("rounding", Values.choice(Adopt.class));
        Adopt adopt = store.read("adopt", Values.choice(Adopt.class));
        String word = Values.spelled(adopt);
        reading.rule(
                adopt == Adopt.NONE || policy != PolicyKind.OFF,
                "store.adopt must be none where store.policy is off: local.rounding = " + word
                        + " says that devices round what they train and upload; got " + word,
                "store.adopt",
                "store.policy");
        reading.rule(
                adopt == Adopt.NONE || rounding == Adopt.NONE || adopt == rounding,
                "store.adopt must be none, as it is an older name of local.rounding (" + Values.spelled(rounding)
                        + "); got " + word,
                "store.adopt",
                "local.rounding");
        return Math.max(rounding.bits, adopt.bits);
    }

    private static Conversion<Rates> rates() {
        Conversion<List<Double>> numbers = Numbers.number(Range.POSITIVE).list();
        return new Conversion<>(
                value -> {
                    List<Double> given = numbers.of(value);
                    if (given.size() != RATES) {
                        throw new Unfit("a list of " + RATES + " numbers");
                    }
                    return new Rates(given.get(0), given.get(1), given.get(2), given.get(3), given.get(4));
                },
                new Rates(1, 1, 1, 1, 1));
    }

    private static Conversion<String> url() {
        String rule = "a URL that starts with jdbc:postgresql: or jdbc:h2:, without a password";
        return new Conversion<>(
                value -> {
                    String url = Values.scalar(value, rule);
                    boolean known = url.startsWith("jdbc:postgresql:") || url.startsWith("jdbc:h2:");
                    if (!known || url.toLowerCase(Locale.ROOT).contains("password=")) {
                        throw new Unfit(rule);
                    }
                    return url;
                },
                "");
    }
}
