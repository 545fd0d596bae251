package dev.starling.fleet.life;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;

/**
 * Owners who change their minds, whatever else their phones do. Each device's time falls into stretches, cut at moments
 * of its own; in each it is opted out with the same probability, independently of the others.
 */
public final class OptingOut implements Availability {

    private final Availability others;
    private final OptOut settings;
    private final Seeds seeds;
    private final long stretchMillis;

    public OptingOut(Availability others, OptOut settings, Seeds seeds) {
        this.others = others;
        this.settings = settings;
        this.seeds = seeds;
        this.stretchMillis = Math.max(1, Math.round(settings.stretchSeconds() * 1000));
    }

    @Override
    public Spell at(int device, SimTime moment) {
        long phase = (long) (seeds.of(Purpose.OPT_OUT, device).nextDouble() * stretchMillis);
        long stretch = Math.floorDiv(moment.epochMillis() + phase, stretchMillis);
        boolean out = seeds.of(Purpose.OPT_OUT, device, stretch).nextDouble() < settings.share();
        long changes = (stretch + 1) * stretchMillis - phase;
        Spell spell = others.at(device, moment);
        DeviceState state = spell.state();
        return new Spell(
                new DeviceState(
                        state.online(), state.idle(), state.charging(), state.unmetered(), out, state.battery()),
                new SimTime(Math.min(changes, spell.until().epochMillis())));
    }
}
