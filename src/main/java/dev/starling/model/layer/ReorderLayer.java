package dev.starling.model.layer;

import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;

/** Between channels-first images, as data and dense layers have them, and channels-last, as convolutions want them. */
final class ReorderLayer extends BufferedLayer {

    private final int channels;
    private final int places;
    private final boolean toChannelsLast;
    private final float[] image;
    private final float[] turned;

    private ReorderLayer(Plan plan) {
        super(plan.channels * plan.places, plan.channels * plan.places);
        channels = plan.channels;
        places = plan.places;
        toChannelsLast = plan.output.channelsLast();
        image = new float[inputs()];
        turned = new float[inputs()];
    }

    @Override
    public void forward(FloatMemory input, Step step) {
        transpose(input, output(), step.examples(), toChannelsLast);
    }

    @Override
    public void backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
        if (inputGradientWanted) {
            transpose(outputGradient, roomForGradient(step.examples()), step.examples(), !toChannelsLast);
        }
    }

    private void transpose(FloatMemory from, FloatMemory to, int examples, boolean channelsInwards) {
        int rows = channelsInwards ? channels : places;
        int columns = channelsInwards ? places : channels;
        for (int e = 0; e < examples; e++) {
            from.get(e * image.length, image, image.length);
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    turned[c * rows + r] = image[r * columns + c];
                }
            }
            to.put(e * image.length, turned, image.length);
        }
    }

    /** Images of {@code channels} × {@code places} values; {@code output} says in which order they leave. */
    record Plan(int channels, int places, Signal output) implements LayerPlan {

        @Override
        public String kind() {
            return "reorder";
        }

        @Override
        public Layer create(Kernels kernels, int offset) {
            return new ReorderLayer(this);
        }
    }
}
