/**
 * One simulated phone: its actor, and the pure state it holds. The only room where examples and a
 * device meet.
 */
@NullMarked
package dev.starling.device;

import org.jspecify.annotations.NullMarked;
