package dev.starling.data.view;

import dev.starling.base.SimTime;
import org.jspecify.annotations.Nullable;

/** Images are dark at night: the light follows a cosine over the local day, all of it at noon, least at midnight. */
record Daytime(double darkness, FeatureMoments moments, Surroundings surroundings) implements Bias {

    @Override
    public String name() {
        return "daytime";
    }

    @Override
    public @Nullable Lens lens(int device, SimTime now) {
        double night = (1 + StrictMath.cos(2 * StrictMath.PI * surroundings.localHour(device, now) / 24)) / 2;
        return new Light((float) (1 - darkness * night), moments.low());
    }

    private static final class Light implements Lens {
        private final float light;
        private final float[] black;

        Light(float light, float[] black) {
            this.light = light;
            this.black = black;
        }

        @Override
        public void look(float[] features, float[] spare, int example) {
            for (int i = 0; i < black.length; i++) {
                features[i] = black[i] + light * (features[i] - black[i]);
            }
        }
    }
}
