/**
 * Aligned off-heap memory and the kernels that compute on it. Each native library sits behind one small interface; a
 * machine without it computes the same with plain loops.
 *
 * <p>On one machine, results have the same bits whatever the number of training threads, whatever ran before, and
 * wherever buffers lie: every native call runs on one thread, buffers start on 64-byte boundaries, and the kernel for a
 * product is chosen by its shape alone. Between CPU types they differ in the last digits, because both libraries pick
 * the widest vector instructions they find and add in another order. Nodes of different types give equal bits only with
 * both libraries pinned to what all of them have, for example {@code ONEDNN_MAX_CPU_ISA=AVX2} and
 * {@code OPENBLAS_CORETYPE=Haswell} in the environment of every node (slower on newer machines). What Java computes has
 * the same bits everywhere.
 */
@NullMarked
package dev.starling.model.kernel;

import org.jspecify.annotations.NullMarked;
