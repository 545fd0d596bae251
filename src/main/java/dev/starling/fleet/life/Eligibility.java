package dev.starling.fleet.life;

import dev.starling.base.DropOutReason;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The condition under which a device may work, as a scenario writes it:
 * {@code charging && unmetered && idle && battery > 0.3 && !opted-out}. See {@link EligibilityParser} for the language.
 */
public final class Eligibility {

    /** Every device that can be reached may work. */
    public static final Eligibility ALWAYS = new Eligibility("always", state -> true);

    private final String text;
    private final Predicate<Circumstances> condition;
    private final boolean allowsMetered;

    private Eligibility(String text, Predicate<Circumstances> condition) {
        this.text = text;
        this.condition = condition;
        this.allowsMetered = allowsMetered(condition);
    }

    /** Throws EligibilityException with the place of the first thing wrong. */
    public static Eligibility of(String text) {
        return text.strip().equals(ALWAYS.text)
                ? ALWAYS
                : new Eligibility(text.strip(), new EligibilityParser(text).parsed());
    }

    /** Whether nothing but reach is asked for. */
    public boolean isAlways() {
        return equals(ALWAYS);
    }

    public boolean allows(Circumstances state) {
        return state.online() && condition.test(state);
    }

    /** Whether a device may ever work on a metered network; the usual conditions forbid it. */
    boolean allowsMetered() {
        return allowsMetered;
    }

    /** Tries every state there is: flags, and the whole percents that batteries show. */
    private static boolean allowsMetered(Predicate<Circumstances> condition) {
        return IntStream.range(0, 8 * 101)
                .mapToObj(i -> new DeviceState(true, (i & 1) > 0, (i & 2) > 0, false, (i & 4) > 0, (i >> 3) / 100.0))
                .anyMatch(condition);
    }

    /** What changed between a state that is allowed and one that is not: the first thing that alone ends it. */
    DropOutReason reason(DeviceState then, DeviceState now) {
        if (!now.online()) {
            return DropOutReason.OFFLINE;
        }
        if (now.optedOut() && !then.optedOut()) {
            return DropOutReason.OPTED_OUT;
        }
        boolean used = then.idle() && !now.idle();
        if (used && !allows(new DeviceState(true, false, then.charging(), then.unmetered(), false, then.battery()))) {
            return DropOutReason.IN_USE;
        }
        boolean unplugged = then.charging() && !now.charging();
        if (unplugged && !allows(new DeviceState(true, then.idle(), false, then.unmetered(), false, then.battery()))) {
            return DropOutReason.UNPLUGGED;
        }
        boolean left = then.unmetered() && !now.unmetered();
        if (left && !allows(new DeviceState(true, then.idle(), then.charging(), false, false, then.battery()))) {
            return DropOutReason.METERED;
        }
        return used
                ? DropOutReason.IN_USE
                : unplugged ? DropOutReason.UNPLUGGED : left ? DropOutReason.METERED : DropOutReason.BATTERY;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Eligibility eligibility && eligibility.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As written. */
    @Override
    public String toString() {
        return text;
    }
}
