/**
 * Measures local training as the simulator runs it, on examples in memory. It knows the model room and nothing of
 * fleets.
 */
@NullMarked
package dev.starling.cli.bench;

import org.jspecify.annotations.NullMarked;
