package dev.starling.data.view;

import dev.starling.base.SimTime;
import dev.starling.data.FederatedData;
import org.jspecify.annotations.Nullable;

/** Images are dark at night: the light follows a cosine over the local day, all of it at noon, least at midnight. */
final class Daytime implements Bias {

    private final double darkness;
    private final Surroundings surroundings;
    private final float[] black;

    /** @param darkness share of the light that is missing at midnight */
    Daytime(double darkness, FederatedData data, Surroundings surroundings) {
        this.darkness = darkness;
        this.surroundings = surroundings;
        this.black = new float[data.shape().width()];
        for (int i = 0; i < black.length; i++) {
            black[i] = data.zero(i);
        }
    }

    @Override
    public String name() {
        return "daytime";
    }

    @Override
    public @Nullable Lens lens(int device, SimTime now) {
        double night = (1 + StrictMath.cos(2 * StrictMath.PI * surroundings.localHour(device, now) / 24)) / 2;
        return new Light((float) (1 - darkness * night), black);
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
