/**
 * The actor that drives rounds, and the pure logic that it asks: round progress, model versions,
 * phases.
 */
@NullMarked
package dev.starling.coordinator;

import org.jspecify.annotations.NullMarked;
