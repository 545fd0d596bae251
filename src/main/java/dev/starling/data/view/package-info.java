/**
 * What devices see of the examples that they own: biases on features and labels, and examples that arrive over time.
 * Everything is a pure function of seed, device, example and fleet time. Knows no fleet: where a device is, it is told
 * through {@link dev.starling.data.view.Surroundings}.
 */
@NullMarked
package dev.starling.data.view;

import org.jspecify.annotations.NullMarked;
