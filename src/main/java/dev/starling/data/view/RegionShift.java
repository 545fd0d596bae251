package dev.starling.data.view;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.ViewSettings.Region;
import org.jspecify.annotations.Nullable;

/**
 * Regions whose tables differ: every column has its own shift, N(0, strength) standard deviations, and its own scale,
 * exp(N(0, 0.3 strength)) about its mean.
 */
record RegionShift(Region settings, FeatureMoments moments, Surroundings surroundings, SimTime start, Seeds seeds)
        implements Bias {

    private static final double LOG_SCALE = 0.3;

    @Override
    public String name() {
        return "region";
    }

    @Override
    public @Nullable Lens lens(int device, SimTime now) {
        int region = surroundings.region(device);
        Drift drift = Drift.at(start, now, settings.driftSeconds());
        Rng from = seeds.of(Purpose.REGION_BIAS, region, drift.index());
        Rng to = seeds.of(Purpose.REGION_BIAS, region, drift.index() + 1);
        float[] means = moments.means();
        float[] units = moments.units();
        float[] factors = new float[means.length];
        float[] offsets = new float[means.length];
        for (int i = 0; i < means.length; i++) {
            double shift = settings.strength() * drift.glide(from.nextGaussian(), to.nextGaussian());
            double scale = settings.strength() * LOG_SCALE * drift.glide(from.nextGaussian(), to.nextGaussian());
            double factor = units[i] == 0 ? 1 : StrictMath.exp(scale);
            factors[i] = (float) factor;
            offsets[i] = (float) (means[i] * (1 - factor) + shift * units[i]);
        }
        return new Shift(factors, offsets);
    }

    private static final class Shift implements Lens {
        private final float[] factors;
        private final float[] offsets;

        Shift(float[] factors, float[] offsets) {
            this.factors = factors;
            this.offsets = offsets;
        }

        @Override
        public void look(float[] features, float[] spare, int example) {
            for (int i = 0; i < factors.length; i++) {
                features[i] = features[i] * factors[i] + offsets[i];
            }
        }
    }
}
