/**
 * Aligned off-heap memory and the kernels that compute on it. Each native library sits behind one small interface; a
 * machine without it computes the same with plain loops.
 */
@NullMarked
package dev.starling.model.kernel;

import org.jspecify.annotations.NullMarked;
