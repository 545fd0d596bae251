package dev.starling.store.sql;

import java.util.Set;

/** A writer knew documents that a collection has swept since: it writes them again. Never leaves the store. */
final class SweptDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Set<Integer> ids;

    SweptDocumentException(Set<Integer> ids) {
        super("documents " + ids + " have been swept");
        this.ids = Set.copyOf(ids);
    }

    Set<Integer> ids() {
        return ids;
    }
}
