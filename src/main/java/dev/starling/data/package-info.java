/**
 * Data sets, their formats, how they are split over devices, and featurization. A node holds one
 * read-only copy; a device holds indices into it.
 */
@NullMarked
package dev.starling.data;

import org.jspecify.annotations.NullMarked;
