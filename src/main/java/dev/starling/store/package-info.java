/**
 * The identity of models (Merkle roots) and the base versions that a run must be able to go back to.
 */
@NullMarked
package dev.starling.store;

import org.jspecify.annotations.NullMarked;
