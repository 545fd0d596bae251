/**
 * The order-free sum of deltas and the actor that keeps one such sum per node.
 */
@NullMarked
package dev.starling.aggregate;

import org.jspecify.annotations.NullMarked;
