package dev.starling.store.sql;

/**
 * What became of a batch.
 *
 * @param written versions that are new
 * @param known versions that had been written before, with the same root
 * @param objects payloads that are new
 * @param shared payloads of the new versions that the store, or the batch, had already
 * @param objectBytes bytes of the new payloads
 * @param inline payloads kept in the version's own row
 */
public record WriteResult(int written, int known, int objects, int shared, long objectBytes, int inline) {}
