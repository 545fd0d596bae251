/**
 * Local objectives and server optimizers. An algorithm is one short file with its paper; it knows no
 * actors and no files.
 */
@NullMarked
package dev.starling.algorithm;

import org.jspecify.annotations.NullMarked;
