package dev.starling.store.sql;

/**
 * What a collection did.
 *
 * @param retired versions that are gone
 * @param converted versions that are kept in another form, so that what they referred to could go
 * @param held versions whose form could not be changed (a recipe without its data, or damage); their references stay
 * @param objects payloads that are gone
 * @param packs packs that are gone, {@code rewritten} of them because little in them was alive
 * @param documents layouts and pipelines that are gone
 * @param bytesBefore of payloads in packs, alive or not
 * @param diskBefore bytes that the database occupies
 * @param compacted whether free space was given back to the file system
 */
public record GcReport(
        long versionsBefore,
        long retired,
        long converted,
        long held,
        long objects,
        long packs,
        long rewritten,
        long documents,
        long bytesBefore,
        long bytesAfter,
        long diskBefore,
        long diskAfter,
        boolean compacted) {}
