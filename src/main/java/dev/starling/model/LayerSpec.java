package dev.starling.model;

import dev.starling.model.layer.LayerPlan;
import dev.starling.model.layer.Signal;
import java.util.List;

/** One layer as a scenario describes it; its input shape follows from the layers before it. */
public sealed interface LayerSpec {

    /**
     * Fully connected: activation(W x + b), W of shape {@code [units, inputs]}. Takes any shape, flattened.
     *
     * @param units outputs, at least 1; 0, in the last layer only: as many as the data has classes or targets
     */
    record Dense(int units, Activation activation) implements LayerSpec {}

    /**
     * Convolution over images with a square kernel: activation(W * x + b), W of shape {@code [channels, inChannels,
     * kernel, kernel]}.
     *
     * @param channels output channels, at least 1
     * @param padding zeros around the image, 0 to kernel − 1
     * @param bias whether there is a bias; not needed in front of a normalisation
     */
    record Convolution(int channels, int kernel, int stride, int padding, boolean bias, Activation activation)
            implements LayerSpec {}

    /** Largest value of each {@code size}×{@code size} window, windows {@code stride} apart, no padding. */
    record MaxPool(int size, int stride) implements LayerSpec {}

    /** Mean of each {@code size}×{@code size} window, windows {@code stride} apart, no padding. */
    record AveragePool(int size, int stride) implements LayerSpec {}

    /** Mean of each channel over the whole image. */
    record GlobalAveragePool() implements LayerSpec {}

    /**
     * Batch normalisation per channel (Ioffe and Szegedy, ICML 2015). Training uses the batch's statistics and keeps
     * running ones, which evaluation uses; they are parameters that are not trained.
     *
     * @param personalStatistics whether running statistics stay on the device (Andreux et al. 2020) or are averaged
     */
    record BatchNorm(boolean personalStatistics) implements LayerSpec {}

    /** Group normalisation (Wu and He, ECCV 2018): each example by itself. {@code groups} must divide the channels. */
    record GroupNorm(int groups) implements LayerSpec {}

    /** Drops each value with probability {@code rate} in training and scales up the others (Srivastava et al. 2014). */
    record Dropout(double rate) implements LayerSpec {}

    /** Images to one row of features, channel after channel. */
    record Flatten() implements LayerSpec {}

    /** An activation by itself, for example behind a normalisation. */
    record Activate(Activation activation) implements LayerSpec {}

    /**
     * activation(body(x) + shortcut(x)) (He et al., CVPR 2016).
     *
     * @param shortcut empty for the identity, or a projection to the body's output shape
     */
    record Residual(List<LayerSpec> body, List<LayerSpec> shortcut, Activation activation) implements LayerSpec {
        public Residual {
            body = List.copyOf(body);
            shortcut = List.copyOf(shortcut);
        }
    }

    /** Replaces categorical columns by learned vectors: the other columns in order, then each column's vector. */
    record EmbedColumns(List<EmbeddedColumn> columns) implements LayerSpec {
        public EmbedColumns {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A categorical column and its embedding.
     *
     * @param column index of the column in an example, negative from the end: −1 is the last; its values are 0 … categories−1
     * @param dimensions length of the learned vectors
     */
    record EmbeddedColumn(int column, int categories, int dimensions) {}

    /**
     * Each of {@code [steps]} tokens 0 … vocabulary−1 becomes a learned vector: {@code [steps, dimensions]}.
     *
     * @param vocabulary at least 1; 0: as many as the data has classes, where the next token is what is predicted
     */
    record EmbedTokens(int vocabulary, int dimensions) implements LayerSpec {}

    /**
     * Gated recurrent unit over {@code [steps, features]} (Cho et al., EMNLP 2014, in the form of cuDNN and PyTorch).
     *
     * @param sequence whether it hands on the state after every step, {@code [steps, units]}, or only after the last
     */
    record Gru(int units, boolean sequence) implements LayerSpec {}

    /** Long short-term memory (Hochreiter and Schmidhuber 1997, with forget gate); {@code sequence} as in {@link Gru}. */
    record Lstm(int units, boolean sequence) implements LayerSpec {}

    /**
     * A layer with a mark.
     *
     * @param trainable false: the layer is frozen; it costs no gradient work and keeps its bits
     * @param personal true: its tensors stay on the device
     */
    record Marked(LayerSpec layer, boolean trainable, boolean personal) implements LayerSpec {}

    /** A layer of one's own, written in Java in one file: see the README. */
    non-sealed interface Custom extends LayerSpec {

        /** The layer behind {@code input}; {@link IllegalArgumentException} if it does not fit, saying why. */
        LayerPlan plan(Signal input);
    }
}
