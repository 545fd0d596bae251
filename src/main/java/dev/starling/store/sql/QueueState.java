package dev.starling.store.sql;

import java.util.OptionalLong;

/**
 * What a {@link QueuedWriter} has before it and behind it.
 *
 * @param queued versions that wait, with those being written
 * @param written versions that the store has confirmed
 * @param downSinceMillis when the store was first found unavailable, by the writer's clock; empty while it answers
 * @param attempts in vain since then
 * @param problem what the last attempt in vain, or the failure that ended the writer, was told; empty if none
 * @param failed whether the writer has given up: a batch cannot be written, ever
 */
public record QueueState(
        long queued, long written, OptionalLong downSinceMillis, int attempts, String problem, boolean failed) {}
