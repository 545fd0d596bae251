package dev.starling.model.layer;

import dev.starling.model.LayerSpec;
import dev.starling.model.kernel.ConvolutionShape;
import dev.starling.model.kernel.PoolingShape;
import java.util.ArrayList;
import java.util.List;

/**
 * From what a scenario says to layers with known shapes. Every check that a layer does not fit its input is here;
 * {@link Misfit} names the layer.
 */
public final class LayerPlans {

    private int dropouts;

    /** A layer that does not fit. */
    public static final class Misfit extends RuntimeException {

        private final String place;
        private final String rule;

        Misfit(String place, String rule) {
            super(place + ": " + rule);
            this.place = place;
            this.rule = rule;
        }

        /** What does not hold, with the value. */
        public String rule() {
            return rule;
        }

        /** The layer: {@code layers[3].body[0]}. */
        public String place() {
            return place;
        }
    }

    /**
     * A layer and where it came from.
     *
     * @param index of its description; layers that only reorder images have that of the layer behind them
     */
    public record Placed(int index, LayerPlan plan) {}

    /** The layers of {@code specs} behind {@code input}, with reorderings of images put in where needed. */
    public List<Placed> resolve(String list, List<LayerSpec> specs, Signal input) {
        List<Placed> placed = new ArrayList<>();
        Signal signal = input;
        for (int i = 0; i < specs.size(); i++) {
            String place = list + "[" + i + "]";
            for (LayerPlan plan : checked(place, specs.get(i), signal)) {
                placed.add(new Placed(i, plan));
                signal = plan.output();
            }
        }
        return placed;
    }

    private List<LayerPlan> checked(String place, LayerSpec spec, Signal input) {
        try {
            List<LayerPlan> plans = plan(place, spec, input);
            plans.forEach(LayerSizes::require);
            return plans;
        } catch (IllegalArgumentException misfit) {
            throw new Misfit(place, misfit.getMessage() + " (its input is " + input.shape() + ")");
        }
    }

    private List<LayerPlan> plan(String place, LayerSpec spec, Signal input) {
        if (spec instanceof LayerSpec.Marked marked) {
            return plan(place, marked.layer(), input).stream()
                    .map(layer -> layer.tensors().isEmpty()
                            ? layer
                            : (LayerPlan) new MarkedPlan(layer, marked.trainable(), marked.personal()))
                    .toList();
        } else if (spec instanceof LayerSpec.Dense dense) {
            require(dense.units() >= 1, "units must be >= 1, got " + dense.units());
            return behind(
                    ImageOrder.flat(input, false),
                    new DenseLayer.Plan(input.width(), dense.units(), dense.activation()));
        } else if (spec instanceof LayerSpec.Flatten) {
            return ImageOrder.flat(input, true);
        } else if (spec instanceof LayerSpec.Activate activate) {
            return List.of(new ActivationLayer.Plan(input, activate.activation()));
        } else if (spec instanceof LayerSpec.Dropout dropout) {
            require(dropout.rate() >= 0 && dropout.rate() < 1, "rate must be 0 to below 1, got " + dropout.rate());
            return List.of(new DropoutLayer.Plan(input, dropout.rate(), dropouts++));
        } else if (spec instanceof LayerSpec.Residual residual) {
            return residual(place, residual, input);
        } else if (spec instanceof LayerSpec.Custom custom) {
            return List.of(custom.plan(input));
        } else if (spec instanceof LayerSpec.EmbedColumns
                || spec instanceof LayerSpec.EmbedTokens
                || spec instanceof LayerSpec.Gru
                || spec instanceof LayerSpec.Lstm) {
            return List.of(SequencePlans.of(spec, input));
        }
        return image(spec, input);
    }

    private static List<LayerPlan> image(LayerSpec spec, Signal input) {
        boolean batchNormOfFeatures = spec instanceof LayerSpec.BatchNorm || spec instanceof LayerSpec.GroupNorm;
        if (batchNormOfFeatures && input.shape().size() == 1) {
            return List.of(normalisation(spec, input));
        }
        require(input.shape().size() == 3, "needs images [channels, height, width]");
        int channels = input.shape().get(0);
        int height = input.shape().get(1);
        int width = input.shape().get(2);
        List<LayerPlan> order = ImageOrder.channelsLast(input);
        if (spec instanceof LayerSpec.Convolution c) {
            require(c.channels() >= 1, "channels must be >= 1, got " + c.channels());
            require(
                    c.kernel() >= 1 && c.kernel() <= Math.min(height, width) + 2 * c.padding(),
                    "kernel must be >= 1 and at most the padded image, got " + c.kernel());
            require(c.stride() >= 1, "stride must be >= 1, got " + c.stride());
            require(
                    c.padding() >= 0 && c.padding() < c.kernel(),
                    "padding must be 0 to kernel - 1, got " + c.padding());
            ConvolutionShape shape =
                    new ConvolutionShape(channels, height, width, c.channels(), c.kernel(), c.stride(), c.padding());
            LayerSizes.requireIndexable(
                    "values under its windows",
                    List.of(shape.outHeight(), shape.outWidth(), channels, c.kernel(), c.kernel()));
            return behind(order, new ConvolutionLayer.Plan(shape, c.bias(), c.activation()));
        } else if (spec instanceof LayerSpec.MaxPool pool) {
            return behind(order, pooling(channels, height, width, pool.size(), pool.stride(), true));
        } else if (spec instanceof LayerSpec.AveragePool pool) {
            return behind(order, pooling(channels, height, width, pool.size(), pool.stride(), false));
        } else if (spec instanceof LayerSpec.GlobalAveragePool) {
            require(height == width, "needs square images");
            return behind(order, pooling(channels, height, width, height, 1, false));
        }
        return behind(order, normalisation(spec, new Signal(input.shape(), true)));
    }

    private static LayerPlan normalisation(LayerSpec spec, Signal signal) {
        int channels = signal.shape().get(0);
        if (spec instanceof LayerSpec.BatchNorm batch) {
            return new NormalisationLayer.Plan(signal, true, channels, batch.personalStatistics());
        }
        int groups = ((LayerSpec.GroupNorm) spec).groups();
        require(
                groups >= 1 && channels % groups == 0,
                "groups must divide the channels (" + channels + "), got " + groups);
        require(
                groups < signal.width(),
                "groups must be below the values of an example (" + signal.width()
                        + "), or each would be normalised to nothing by itself; got " + groups);
        return new NormalisationLayer.Plan(signal, false, groups, false);
    }

    private static LayerPlan pooling(int channels, int height, int width, int size, int stride, boolean maximum) {
        require(size >= 1 && size <= Math.min(height, width), "size must be >= 1 and at most the image, got " + size);
        require(stride >= 1, "stride must be >= 1, got " + stride);
        return new PoolingLayer.Plan(new PoolingShape(channels, height, width, size, stride, maximum));
    }

    private List<LayerPlan> residual(String place, LayerSpec.Residual residual, Signal input) {
        require(!residual.body().isEmpty(), "body needs at least one layer");
        List<LayerPlan> order = input.shape().size() == 3 ? ImageOrder.channelsLast(input) : List.of();
        Signal ordered = order.isEmpty() ? input : order.get(order.size() - 1).output();
        Signal inside = input.shape().size() == 3 ? new Signal(ordered.shape(), true) : ordered;
        List<LayerPlan> body = plans(resolve(place + ".body", residual.body(), inside));
        List<LayerPlan> shortcut = plans(resolve(place + ".shortcut", residual.shortcut(), inside));
        Signal one = body.get(body.size() - 1).output();
        Signal other =
                shortcut.isEmpty() ? inside : shortcut.get(shortcut.size() - 1).output();
        require(
                one.equals(other),
                "body and shortcut must give the same shape, got " + one.shape() + " and " + other.shape());
        return behind(order, new ResidualLayer.Plan(inside, body, shortcut, residual.activation()));
    }

    private static List<LayerPlan> plans(List<Placed> placed) {
        return placed.stream().map(Placed::plan).toList();
    }

    private static List<LayerPlan> behind(List<LayerPlan> first, LayerPlan last) {
        List<LayerPlan> all = new ArrayList<>(first);
        all.add(last);
        return all;
    }

    static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
