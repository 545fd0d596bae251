package dev.starling.store.sql;

/**
 * What a collection would do.
 *
 * @param retired versions that would go
 * @param converted versions that would be kept in another form, if their values can be had
 * @param payloadBytes of the versions that would go; what others share with them stays
 */
public record GcPreview(long versions, long retired, long converted, long payloadBytes) {}
