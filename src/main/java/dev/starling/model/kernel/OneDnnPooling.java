package dev.starling.model.kernel;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.jspecify.annotations.Nullable;

/** oneDNN's pooling. Primitives are made for a number of examples when it first comes up. */
final class OneDnnPooling implements Pooling {

    private final PoolingShape shape;
    private final List<@Nullable Passes> byExamples = new ArrayList<>();
    private final FloatMemory workspace = FloatMemory.allocate(0);

    OneDnnPooling(PoolingShape shape) {
        this.shape = shape;
    }

    @Override
    public void forward(int examples, FloatMemory input, FloatMemory output) {
        Passes passes = passes(examples);
        passes.forward.on(0, input, 0).on(1, output, 0);
        if (shape.maximum()) {
            passes.forward.on(2, workspace, 0);
        }
        passes.forward.run();
    }

    @Override
    public void backward(int examples, FloatMemory outputGradient, FloatMemory inputGradient) {
        Passes passes = passes(examples);
        passes.backward.on(0, outputGradient, 0).on(1, inputGradient, 0);
        if (shape.maximum()) {
            passes.backward.on(2, workspace, 0);
        }
        passes.backward.run();
    }

    private Passes passes(int examples) {
        while (byExamples.size() <= examples) {
            byExamples.add(null);
        }
        Passes passes = byExamples.get(examples);
        if (passes == null) {
            passes = new Passes(shape, examples);
            workspace.reserve((int) ((passes.workspaceBytes + Float.BYTES - 1) / Float.BYTES));
            byExamples.set(examples, passes);
        }
        return passes;
    }

    @Override
    public void close() {
        for (Passes passes : byExamples) {
            if (passes != null) {
                passes.forward.close();
                passes.backward.close();
            }
        }
        workspace.close();
    }

    /** The primitives for one number of examples. */
    private static final class Passes {

        private final OneDnnPrimitive forward;
        private final OneDnnPrimitive backward;
        private final long workspaceBytes;

        Passes(PoolingShape s, int examples) {
            long[] window = {s.size(), s.size()};
            long[] strides = {s.stride(), s.stride()};
            long[] none = {0, 0};
            int algorithm = s.maximum() ? dnnl.dnnl_pooling_max : dnnl.dnnl_pooling_avg_exclude_padding;
            dnnl_memory_desc in = OneDnnPrimitive.shape(dnnl.dnnl_nhwc, examples, s.channels(), s.height(), s.width());
            dnnl_memory_desc out =
                    OneDnnPrimitive.shape(dnnl.dnnl_nhwc, examples, s.channels(), s.outHeight(), s.outWidth());
            dnnl_primitive_desc forwardPlan = new dnnl_primitive_desc();
            OneDnnPrimitive.check(
                    dnnl.dnnl_pooling_forward_primitive_desc_create(
                            forwardPlan,
                            OneDnnPrimitive.engineOfAll(),
                            dnnl.dnnl_forward_training,
                            algorithm,
                            in,
                            out,
                            strides,
                            window,
                            none,
                            none,
                            none,
                            OneDnnPrimitive.DEFAULTS),
                    "pooling");
            dnnl_primitive_desc backwardPlan = new dnnl_primitive_desc();
            OneDnnPrimitive.check(
                    dnnl.dnnl_pooling_backward_primitive_desc_create(
                            backwardPlan,
                            OneDnnPrimitive.engineOfAll(),
                            algorithm,
                            in,
                            out,
                            strides,
                            window,
                            none,
                            none,
                            none,
                            forwardPlan,
                            OneDnnPrimitive.DEFAULTS),
                    "pooling backward");
            dnnl_memory_desc workspace = OneDnnPrimitive.chosen(forwardPlan, dnnl.dnnl_query_workspace_md);
            workspaceBytes = s.maximum() ? dnnl.dnnl_memory_desc_get_size(workspace) : 0;
            forward = primitive(forwardPlan, s.maximum(), dnnl.DNNL_ARG_SRC, in, dnnl.DNNL_ARG_DST, out, workspace);
            backward = primitive(
                    backwardPlan, s.maximum(), dnnl.DNNL_ARG_DIFF_DST, out, dnnl.DNNL_ARG_DIFF_SRC, in, workspace);
            dnnl.dnnl_memory_desc_destroy(in);
            dnnl.dnnl_memory_desc_destroy(out);
        }

        private static OneDnnPrimitive primitive(
                dnnl_primitive_desc plan,
                boolean remembers,
                int fromName,
                dnnl_memory_desc from,
                int toName,
                dnnl_memory_desc to,
                dnnl_memory_desc workspace) {
            return remembers
                    ? new OneDnnPrimitive(
                            plan, new int[] {fromName, toName, dnnl.DNNL_ARG_WORKSPACE}, from, to, workspace)
                    : new OneDnnPrimitive(plan, new int[] {fromName, toName}, from, to);
        }
    }
}
