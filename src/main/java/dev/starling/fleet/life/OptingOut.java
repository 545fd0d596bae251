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

    private long phase(int device) {
        return (long) (seeds.of(Purpose.OPT_OUT, device).nextDouble() * stretchMillis);
    }

    private long stretch(SimTime moment, long phase) {
        return Math.floorDiv(moment.epochMillis() + phase, stretchMillis);
    }

    private boolean out(int device, long stretch) {
        return seeds.of(Purpose.OPT_OUT, device, stretch).nextDouble() < settings.share();
    }

    @Override
    public Spell at(int device, SimTime moment) {
        long phase = phase(device);
        long stretch = stretch(moment, phase);
        boolean out = out(device, stretch);
        long changes = (stretch + 1) * stretchMillis - phase;
        Spell spell = others.at(device, moment);
        DeviceState state = spell.state();
        return new Spell(
                new DeviceState(
                        state.online(), state.idle(), state.charging(), state.unmetered(), out, state.battery()),
                new SimTime(Math.min(changes, spell.until().epochMillis())));
    }

    @Override
    public Circumstances now(int device, SimTime moment) {
        return new Minded(others.now(device, moment), device, moment);
    }

    /** Whatever else a phone does, its owner has a mind. */
    private final class Minded implements Circumstances {

        private final Circumstances others;
        private final int device;
        private final SimTime moment;

        Minded(Circumstances others, int device, SimTime moment) {
            this.others = others;
            this.device = device;
            this.moment = moment;
        }

        @Override
        public boolean online() {
            return others.online();
        }

        @Override
        public boolean idle() {
            return others.idle();
        }

        @Override
        public boolean charging() {
            return others.charging();
        }

        @Override
        public boolean unmetered() {
            return others.unmetered();
        }

        @Override
        public boolean optedOut() {
            return out(device, stretch(moment, phase(device)));
        }

        @Override
        public double battery() {
            return others.battery();
        }
    }
}
