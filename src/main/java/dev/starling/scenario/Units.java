package dev.starling.scenario;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueType;
import dev.starling.base.SimTime;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Settings with units: durations, sizes, moments. */
final class Units {

    private static final String KEY = Values.KEY;

    private Units() {}

    /** Seconds. A bare number is refused: HOCON would take it as milliseconds, most readers as seconds. */
    static Conversion<Double> duration() {
        return duration(Range.NOT_NEGATIVE);
    }

    /** Seconds, more than none. */
    static Conversion<Double> positiveDuration() {
        return duration(Range.POSITIVE);
    }

    private static Conversion<Double> duration(Range range) {
        String rule = "a duration with its unit, such as 3 minutes";
        return new Conversion<>(
                value -> {
                    if (value.valueType() == ConfigValueType.NUMBER && Numbers.numeric(value, rule) != 0) {
                        throw new Unfit(rule);
                    }
                    Values.scalar(value, rule);
                    try {
                        double seconds = ConfigFactory.empty()
                                        .withValue(KEY, value)
                                        .getDuration(KEY)
                                        .toNanos()
                                / 1e9;
                        return Numbers.within(range, seconds);
                    } catch (ConfigException | ArithmeticException e) {
                        throw new Unfit(rule);
                    }
                },
                range.equals(Range.POSITIVE) ? 1.0 : 0.0);
    }

    /** Bytes: a plain number or a size such as 2 MB (powers of ten) or 2 MiB (powers of two). */
    static Conversion<Double> bytes(Range range) {
        String rule = "bytes: a number or a size such as 500 kB";
        return new Conversion<>(
                value -> {
                    if (value.valueType() == ConfigValueType.NUMBER) {
                        return Numbers.within(range, Numbers.numeric(value, rule));
                    }
                    Values.scalar(value, rule);
                    try {
                        return Numbers.within(range, (double)
                                ConfigFactory.empty().withValue(KEY, value).getBytes(KEY));
                    } catch (ConfigException e) {
                        throw new Unfit(rule);
                    }
                },
                range.placeholder());
    }

    /** Minutes that local time is ahead of UTC. */
    static Conversion<Integer> utcOffset() {
        String rule = "an offset from UTC such as +01:00 or -08:00";
        return new Conversion<>(
                value -> {
                    String text = Values.scalar(value, rule);
                    if (!text.matches("[+-]\\d\\d:\\d\\d")) {
                        throw new Unfit(rule);
                    }
                    try {
                        return ZoneOffset.of(text).getTotalSeconds() / 60;
                    } catch (DateTimeException e) {
                        throw new Unfit(rule);
                    }
                },
                0);
    }

    static Conversion<SimTime> moment() {
        String rule = "a moment such as 2026-01-05T08:00:00Z";
        return new Conversion<>(
                value -> {
                    try {
                        return SimTime.of(
                                OffsetDateTime.parse(Values.scalar(value, rule)).toInstant());
                    } catch (DateTimeException | ArithmeticException e) {
                        throw new Unfit(rule);
                    }
                },
                new SimTime(0));
    }
}
