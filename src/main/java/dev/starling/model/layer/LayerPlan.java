package dev.starling.model.layer;

import dev.starling.model.LayerSpec.EmbeddedColumn;
import dev.starling.model.kernel.Kernels;
import java.util.List;

/** A layer whose shapes are known: immutable, shared by all threads. */
public interface LayerPlan {

    /** Kind in lower case, for names of tensors and tables: {@code dense}. */
    String kind();

    /** What the layer hands on. */
    Signal output();

    /** Tensors in the order in which they lie in the model's vector; none unless the layer says so. */
    default List<TensorPlan> tensors() {
        return List.of();
    }

    /** Floating-point operations of the forward pass for one example: multiply-adds of matrix products × 2. */
    default double forwardFlops() {
        return 0;
    }

    /** The same for the gradient with respect to the layer's input. */
    default double inputGradientFlops() {
        return forwardFlops();
    }

    /** The same for the gradients of the layer's own tensors. */
    default double updateFlops() {
        return forwardFlops();
    }

    /**
     * The layer with buffers of its own.
     *
     * @param offset of the layer's first tensor in the model's vector
     */
    Layer create(Kernels kernels, int offset);

    /** Values of its input that the layer looks up in tables, which must be whole; none unless it says so. */
    default List<EmbeddedColumn> codes() {
        return List.of();
    }

    /**
     * The most values for one example that the layer keeps in one array: what it takes and gives, unless it says so.
     */
    default long widest() {
        return output().width();
    }

    /** Number of values of all tensors. */
    default int count() {
        return tensors().stream().mapToInt(TensorPlan::count).sum();
    }

    /**
     * Whether training compares the examples of a batch here, so that a batch of one example teaches nothing: it would
     * have a mean and no variance.
     */
    default boolean comparesExamples() {
        return false;
    }

    /** Whether SGD changes any tensor. */
    default boolean trainable() {
        return tensors().stream().anyMatch(TensorPlan::trainable);
    }
}
