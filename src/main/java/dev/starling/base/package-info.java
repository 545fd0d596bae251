/**
 * Small values that everybody may know: fleet time, keyed randomness, problems with what a user wrote.
 * This room knows no other room.
 */
@NullMarked
package dev.starling.base;

import org.jspecify.annotations.NullMarked;
