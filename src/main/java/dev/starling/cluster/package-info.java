/**
 * Pekko infrastructure: node start-up, guardian, sharding, serialization, dispatchers.
 */
@NullMarked
package dev.starling.cluster;

import org.jspecify.annotations.NullMarked;
