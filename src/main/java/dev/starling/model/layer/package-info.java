/**
 * What a model is made of: one file per kind of layer, with its shapes, its parameters and its two passes.
 */
@NullMarked
package dev.starling.model.layer;

import org.jspecify.annotations.NullMarked;
