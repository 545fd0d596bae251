package dev.starling.model;

import static dev.starling.model.Activation.LINEAR;
import static dev.starling.model.Activation.RELU;

import dev.starling.model.LayerSpec.Convolution;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual networks for 32×32 images (He et al., CVPR 2016): basic blocks with 1×1 projections where the shape changes.
 * With group norm there are 16 channels to a group; it does not depend on the batch, which suits devices with few and
 * one-sided examples (Hsieh et al., ICML 2020).
 */
final class ResidualNetworks {

    private static final int CHANNELS_PER_GROUP = 16;

    private ResidualNetworks() {}

    /** Section 4.2 with n = 3: three stages of three blocks, 16 to 64 channels. */
    static List<LayerSpec> resnet20(boolean batchNorm, int outputs) {
        return network(batchNorm, 16, 3, 3, outputs);
    }

    /** Table 1, with a 3×3 first layer and no pooling in front: four stages of two blocks, 64 to 512 channels. */
    static List<LayerSpec> resnet18(boolean batchNorm, int outputs) {
        return network(batchNorm, 64, 4, 2, outputs);
    }

    private static List<LayerSpec> network(boolean batchNorm, int width, int stages, int blocks, int outputs) {
        List<LayerSpec> layers = new ArrayList<>();
        layers.add(new Convolution(width, 3, 1, 1, false, LINEAR));
        layers.add(normalisation(batchNorm, width));
        layers.add(new LayerSpec.Activate(RELU));
        for (int stage = 0; stage < stages; stage++) {
            int channels = width << stage;
            for (int block = 0; block < blocks; block++) {
                boolean shrinks = stage > 0 && block == 0;
                layers.add(block(batchNorm, channels, shrinks ? 2 : 1, shrinks));
            }
        }
        layers.add(new LayerSpec.GlobalAveragePool());
        layers.add(new LayerSpec.Dense(outputs, LINEAR));
        return layers;
    }

    private static LayerSpec block(boolean batchNorm, int channels, int stride, boolean projects) {
        List<LayerSpec> body = List.of(
                new Convolution(channels, 3, stride, 1, false, LINEAR),
                normalisation(batchNorm, channels),
                new LayerSpec.Activate(RELU),
                new Convolution(channels, 3, 1, 1, false, LINEAR),
                normalisation(batchNorm, channels));
        List<LayerSpec> shortcut = projects
                ? List.of(new Convolution(channels, 1, stride, 0, false, LINEAR), normalisation(batchNorm, channels))
                : List.of();
        return new LayerSpec.Residual(body, shortcut, RELU);
    }

    private static LayerSpec normalisation(boolean batchNorm, int channels) {
        return batchNorm ? new LayerSpec.BatchNorm(false) : new LayerSpec.GroupNorm(channels / CHANNELS_PER_GROUP);
    }
}
