/** Faults that a run survives, played through with real processes. */
@NullMarked
package dev.starling.cli.drill;

import org.jspecify.annotations.NullMarked;
