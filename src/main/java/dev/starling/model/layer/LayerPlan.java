package dev.starling.model.layer;

import dev.starling.model.kernel.Kernels;
import java.util.List;

/** A layer whose shapes are known: immutable, shared by all threads. */
public interface LayerPlan {

    /** Kind in lower case, for names of tensors and tables: {@code dense}. */
    String kind();

    /** What the layer hands on. */
    Signal output();

    /** Tensors in the order in which they lie in the model's vector; empty for layers without parameters. */
    List<TensorPlan> tensors();

    /** Floating-point operations of the forward pass for one example: multiply-adds × 2. */
    double forwardFlops();

    /** The same for the gradient with respect to the layer's input. */
    double inputGradientFlops();

    /** The same for the gradients of the layer's own tensors. */
    double updateFlops();

    /**
     * The layer with buffers of its own.
     *
     * @param offset of the layer's first tensor in the model's vector
     */
    Layer create(Kernels kernels, int offset);
}
