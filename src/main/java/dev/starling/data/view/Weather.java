package dev.starling.data.view;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.ViewSettings;
import org.jspecify.annotations.Nullable;

/**
 * Weather: how bad it is in a region, 0 to 1, is drawn anew each time it has drifted on, and is between two draws in
 * between. Bad weather blurs images and puts noise on whatever is seen.
 */
final class Weather implements Bias {

    /** Noise is cut out of a strip of this many draws: drawing a Gaussian per pixel would cost more than training. */
    private static final int STRIP = 1 << 15;

    private final ViewSettings.Weather settings;
    private final @Nullable Image image;
    private final FeatureMoments moments;
    private final Surroundings surroundings;
    private final SimTime start;
    private final Seeds seeds;
    private final float[] strip;

    /** @param image null for tables */
    Weather(
            ViewSettings.Weather settings,
            @Nullable Image image,
            FeatureMoments moments,
            Surroundings surroundings,
            SimTime start,
            Seeds seeds) {
        this.settings = settings;
        this.image = image;
        this.moments = moments;
        this.surroundings = surroundings;
        this.start = start;
        this.seeds = seeds;
        this.strip = new float[settings.noise() > 0 ? STRIP + moments.units().length : 0];
        var rng = seeds.of(Purpose.WEATHER_NOISE);
        for (int i = 0; i < strip.length; i++) {
            strip[i] = (float) rng.nextGaussian();
        }
    }

    @Override
    public String name() {
        return "weather";
    }

    @Override
    public @Nullable Lens lens(int device, SimTime now) {
        Drift drift = Drift.at(start, now, settings.driftSeconds());
        int region = surroundings.region(device);
        double bad = drift.blend(draw(region, drift.index()), draw(region, drift.index() + 1));
        long key = seeds.of(Purpose.WEATHER_NOISE, device, drift.index()).nextLong();
        return new Veil((float) (settings.noise() * bad), (float) (settings.blur() * bad), key);
    }

    private double draw(int region, long index) {
        return seeds.of(Purpose.WEATHER, region, index).nextDouble();
    }

    private final class Veil implements Lens {
        private final float noise;
        private final float blur;
        private final long key;

        Veil(float noise, float blur, long key) {
            this.noise = noise;
            this.blur = blur;
            this.key = key;
        }

        @Override
        public void look(float[] features, float[] spare, int example) {
            if (image != null && blur > 0) {
                image.blur(features, spare, blur);
            }
            if (noise > 0) {
                // The high bits of a product depend on all bits of its factors.
                int from = (int) (((key + example) * 0x9E3779B97F4A7C15L) >>> 49);
                float[] units = moments.units();
                for (int i = 0; i < units.length; i++) {
                    features[i] += noise * units[i] * strip[from + i];
                }
            }
        }
    }
}
