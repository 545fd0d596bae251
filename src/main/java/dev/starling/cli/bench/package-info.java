/**
 * Measures local training as devices run it, on examples in memory. It knows neither actors nor scenarios.
 */
@NullMarked
package dev.starling.cli.bench;

import org.jspecify.annotations.NullMarked;
