package dev.starling.store.sql;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What the library's optionals leave out. */
final class Optionals {

    private Optionals() {}

    static <T> OptionalDouble flat(Optional<T> value, Function<T, OptionalDouble> component) {
        return value.map(component).orElse(OptionalDouble.empty());
    }
}
