/**
 * Arguments, progress and exit codes: what a person sees.
 */
@NullMarked
package dev.starling.cli;

import org.jspecify.annotations.NullMarked;
