/**
 * Device profiles, cohort selection and the plan of a round in fleet time: pure functions of seed,
 * round and fleet. Knows nothing of training.
 */
@NullMarked
package dev.starling.fleet;

import org.jspecify.annotations.NullMarked;
