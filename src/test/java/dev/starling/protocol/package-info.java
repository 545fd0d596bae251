/**
 * The protocol of a run under a seeded, single-threaded scheduler: coordinator, rounds, node agents, aggregators, base
 * models and devices are the real actors; threads, clock, network, cluster and shards are simulated, and fail.
 */
@NullMarked
package dev.starling.protocol;

import org.jspecify.annotations.NullMarked;
