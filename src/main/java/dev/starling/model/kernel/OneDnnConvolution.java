package dev.starling.model.kernel;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.jspecify.annotations.Nullable;

/**
 * oneDNN's direct convolutions. Primitives are made for a number of examples when it first comes up; weights are
 * brought into the library's own order before each product, which costs little beside it.
 */
final class OneDnnConvolution implements Convolution {

    private final ConvolutionShape shape;
    private final List<@Nullable Products> byExamples = new ArrayList<>();
    private final FloatMemory ordered = FloatMemory.allocate(0);

    OneDnnConvolution(ConvolutionShape shape) {
        this.shape = shape;
    }

    @Override
    public void forward(int examples, FloatMemory input, FloatMemory weights, int weightAt, FloatMemory output) {
        Products products = products(examples);
        products.orderForward.on(0, weights, weightAt).on(1, ordered, 0).run();
        products.forward.on(0, input, 0).on(1, ordered, 0).on(2, output, 0).run();
    }

    @Override
    public void backwardInput(
            int examples, FloatMemory outputGradient, FloatMemory weights, int weightAt, FloatMemory inputGradient) {
        Products products = products(examples);
        products.orderBackward.on(0, weights, weightAt).on(1, ordered, 0).run();
        products.backwardInput
                .on(0, outputGradient, 0)
                .on(1, ordered, 0)
                .on(2, inputGradient, 0)
                .run();
    }

    @Override
    public void backwardWeights(
            int examples, FloatMemory input, FloatMemory outputGradient, FloatMemory weightGradient) {
        Products products = products(examples);
        products.backwardWeights
                .on(0, input, 0)
                .on(1, outputGradient, 0)
                .on(2, ordered, 0)
                .run();
        products.unorder.on(0, ordered, 0).on(1, weightGradient, 0).run();
    }

    private Products products(int examples) {
        while (byExamples.size() <= examples) {
            byExamples.add(null);
        }
        Products products = byExamples.get(examples);
        if (products == null) {
            products = new Products(shape, examples);
            ordered.reserve((int) (products.orderedBytes / Float.BYTES));
            byExamples.set(examples, products);
        }
        return products;
    }

    @Override
    public void close() {
        for (Products products : byExamples) {
            if (products != null) {
                products.close();
            }
        }
        ordered.close();
    }

    /** The primitives for one number of examples. */
    private static final class Products implements AutoCloseable {

        private final long[] strides;
        private final long[] dilation = {0, 0};
        private final long[] padding;
        private final dnnl_memory_desc plain;
        private final OneDnnPrimitive forward;
        private final OneDnnPrimitive backwardInput;
        private final OneDnnPrimitive backwardWeights;
        private final OneDnnPrimitive orderForward;
        private final OneDnnPrimitive orderBackward;
        private final OneDnnPrimitive unorder;
        private final long orderedBytes;

        Products(ConvolutionShape s, int examples) {
            strides = new long[] {s.stride(), s.stride()};
            padding = new long[] {s.padding(), s.padding()};
            dnnl_memory_desc in =
                    OneDnnPrimitive.shape(dnnl.dnnl_nhwc, examples, s.inChannels(), s.height(), s.width());
            dnnl_memory_desc out =
                    OneDnnPrimitive.shape(dnnl.dnnl_nhwc, examples, s.outChannels(), s.outHeight(), s.outWidth());
            long[] sizes = {s.outChannels(), s.inChannels(), s.kernel(), s.kernel()};
            plain = OneDnnPrimitive.shape(dnnl.dnnl_oihw, sizes);
            dnnl_memory_desc any = OneDnnPrimitive.shape(dnnl.dnnl_format_tag_any, sizes);
            dnnl_primitive_desc forwardPlan = planForward(in, any, out);
            forward = new OneDnnPrimitive(
                    forwardPlan,
                    new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_DST},
                    in,
                    OneDnnPrimitive.chosen(forwardPlan, dnnl.dnnl_query_weights_md),
                    out);
            dnnl_primitive_desc inputPlan = planInput(in, any, out, forwardPlan);
            backwardInput = new OneDnnPrimitive(
                    inputPlan,
                    new int[] {dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_DIFF_SRC},
                    out,
                    OneDnnPrimitive.chosen(inputPlan, dnnl.dnnl_query_weights_md),
                    in);
            dnnl_primitive_desc weightPlan = planWeights(in, any, out, forwardPlan);
            backwardWeights = new OneDnnPrimitive(
                    weightPlan,
                    new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_DIFF_WEIGHTS},
                    in,
                    out,
                    OneDnnPrimitive.chosen(weightPlan, dnnl.dnnl_query_diff_weights_md));
            dnnl_memory_desc forForward = forward.chosen(dnnl.dnnl_query_weights_md);
            dnnl_memory_desc forInput = backwardInput.chosen(dnnl.dnnl_query_weights_md);
            dnnl_memory_desc forWeights = backwardWeights.chosen(dnnl.dnnl_query_diff_weights_md);
            orderForward = reorder(plain, forForward);
            orderBackward = reorder(plain, forInput);
            unorder = reorder(forWeights, plain);
            orderedBytes = Math.max(
                    dnnl.dnnl_memory_desc_get_size(forForward),
                    Math.max(dnnl.dnnl_memory_desc_get_size(forInput), dnnl.dnnl_memory_desc_get_size(forWeights)));
            dnnl.dnnl_memory_desc_destroy(in);
            dnnl.dnnl_memory_desc_destroy(out);
            dnnl.dnnl_memory_desc_destroy(any);
            dnnl.dnnl_memory_desc_destroy(plain);
        }

        private dnnl_primitive_desc planForward(dnnl_memory_desc in, dnnl_memory_desc any, dnnl_memory_desc out) {
            dnnl_primitive_desc plan = new dnnl_primitive_desc();
            OneDnnPrimitive.check(
                    dnnl.dnnl_convolution_forward_primitive_desc_create(
                            plan,
                            OneDnnPrimitive.engineOfAll(),
                            dnnl.dnnl_forward_training,
                            dnnl.dnnl_convolution_direct,
                            in,
                            any,
                            new dnnl_memory_desc(),
                            out,
                            strides,
                            dilation,
                            padding,
                            padding,
                            OneDnnPrimitive.DEFAULTS),
                    "convolution");
            return plan;
        }

        private dnnl_primitive_desc planInput(
                dnnl_memory_desc in, dnnl_memory_desc any, dnnl_memory_desc out, dnnl_primitive_desc hint) {
            dnnl_primitive_desc plan = new dnnl_primitive_desc();
            OneDnnPrimitive.check(
                    dnnl.dnnl_convolution_backward_data_primitive_desc_create(
                            plan,
                            OneDnnPrimitive.engineOfAll(),
                            dnnl.dnnl_convolution_direct,
                            in,
                            any,
                            out,
                            strides,
                            dilation,
                            padding,
                            padding,
                            hint,
                            OneDnnPrimitive.DEFAULTS),
                    "convolution backward");
            return plan;
        }

        private dnnl_primitive_desc planWeights(
                dnnl_memory_desc in, dnnl_memory_desc any, dnnl_memory_desc out, dnnl_primitive_desc hint) {
            dnnl_primitive_desc plan = new dnnl_primitive_desc();
            OneDnnPrimitive.check(
                    dnnl.dnnl_convolution_backward_weights_primitive_desc_create(
                            plan,
                            OneDnnPrimitive.engineOfAll(),
                            dnnl.dnnl_convolution_direct,
                            in,
                            any,
                            new dnnl_memory_desc(),
                            out,
                            strides,
                            dilation,
                            padding,
                            padding,
                            hint,
                            OneDnnPrimitive.DEFAULTS),
                    "convolution weights");
            return plan;
        }

        private static OneDnnPrimitive reorder(dnnl_memory_desc from, dnnl_memory_desc to) {
            dnnl_primitive_desc plan = new dnnl_primitive_desc();
            OneDnnPrimitive.check(
                    dnnl.dnnl_reorder_primitive_desc_create(
                            plan,
                            from,
                            OneDnnPrimitive.engineOfAll(),
                            to,
                            OneDnnPrimitive.engineOfAll(),
                            OneDnnPrimitive.DEFAULTS),
                    "reorder");
            return new OneDnnPrimitive(plan, new int[] {dnnl.DNNL_ARG_FROM, dnnl.DNNL_ARG_TO}, from, to);
        }

        @Override
        public void close() {
            for (OneDnnPrimitive primitive :
                    List.of(forward, backwardInput, backwardWeights, orderForward, orderBackward, unorder)) {
                primitive.close();
            }
        }
    }
}
