package badhouse.fleet;

import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Holds tensors outside of room model. */
record KnowsTensors(@Nullable INDArray nd4j, @Nullable FloatPointer pointer) {}
