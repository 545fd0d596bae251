package dev.starling.data.view;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.ViewSettings.Region;
import org.jspecify.annotations.Nullable;

/**
 * Regions whose images differ: in pose (turned, slanted, shifted, scaled: one affine map) and in style (contrast about
 * the mean, brightness). At strength 1 a region is typically turned by 14°, slanted by 0.2, moved by a twentieth of the
 * side, scaled by 10 %, has its contrast changed by 40 % and its brightness by half a standard deviation.
 */
record RegionStyle(
        Region settings, Image image, FeatureMoments moments, Surroundings surroundings, SimTime start, Seeds seeds)
        implements Bias {

    private static final double TURN = 0.25;
    private static final double SLANT = 0.2;
    private static final double MOVE = 0.05;
    private static final double LOG_SCALE = 0.1;
    private static final double LOG_CONTRAST = 0.4;
    private static final double BRIGHTNESS = 0.5;

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
        double[] draws = new double[7];
        for (int i = 0; i < draws.length; i++) {
            draws[i] = settings.strength() * drift.glide(from.nextGaussian(), to.nextGaussian());
        }
        double cos = StrictMath.cos(TURN * draws[0]);
        double sin = StrictMath.sin(TURN * draws[0]);
        double scale = StrictMath.exp(LOG_SCALE * draws[2]);
        double slant = SLANT * draws[1];
        Image.Pose pose = new Image.Pose(
                (float) (cos * scale),
                (float) ((cos * slant - sin) * scale),
                (float) (sin * scale),
                (float) ((sin * slant + cos) * scale),
                (float) (MOVE * image.width() * draws[3]),
                (float) (MOVE * image.height() * draws[4]));
        return new Style(
                image.sampling(pose),
                (float) StrictMath.exp(LOG_CONTRAST * draws[5]),
                (float) (BRIGHTNESS * draws[6]),
                moments);
    }

    private static final class Style implements Lens {
        private final Image.Sampling sampling;
        private final float contrast;
        private final float brightness;
        private final float[] means;
        private final float[] units;

        Style(Image.Sampling sampling, float contrast, float brightness, FeatureMoments moments) {
            this.sampling = sampling;
            this.contrast = contrast;
            this.brightness = brightness;
            this.means = moments.means();
            this.units = moments.units();
        }

        @Override
        public void look(float[] features, float[] spare, int example) {
            sampling.sample(features, spare);
            for (int i = 0; i < means.length; i++) {
                features[i] = means[i] + contrast * (spare[i] - means[i]) + brightness * units[i];
            }
        }
    }
}
