package dev.starling.cli.models;

import dev.starling.store.Form;

/** Names of forms, for people and for options. */
final class Forms {

    private Forms() {}

    static String word(Form form) {
        return switch (form) {
            case SNAPSHOT -> "snapshot";
            case DELTA_TO_BASE -> "delta";
            case DELTA_TO_PARENT -> "parent-delta";
            case ADOPTED -> "adopted";
            case REPLAY -> "replay";
        };
    }
}
