/**
 * Files as they should not be: small valid specimens of every format that a scenario may name, changed by chance. Whatever
 * comes of them is a run, or one clear line.
 */
@NullMarked
package dev.starling.hostile;

import org.jspecify.annotations.NullMarked;
