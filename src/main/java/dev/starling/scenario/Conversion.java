package dev.starling.scenario;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns what a scenario says into the value that a record takes, or says what it must be.
 *
 * @param placeholder stands in after a failure so that reading can go on to the next problem; never leaves the reader
 */
record Conversion<T>(Step<T> step, T placeholder) {

    /** The conversion proper. */
    interface Step<T> {
        T of(ConfigValue value) throws Unfit;
    }

    T of(ConfigValue value) throws Unfit {
        return step.of(value);
    }

    /** Also accepts {@code word}, which stands for {@code meaning}. */
    Conversion<T> orWord(String word, T meaning) {
        return new Conversion<>(
                value -> {
                    if (word.equals(value.unwrapped())) {
                        return meaning;
                    }
                    try {
                        return step.of(value);
                    } catch (Unfit unfit) {
                        throw new Unfit(unfit.rule() + ", or " + word);
                    }
                },
                placeholder);
    }

    /** Also accepts the word {@code auto}, which becomes empty: other settings decide. */
    Conversion<Optional<T>> orAuto() {
        return new Conversion<Optional<T>>(value -> Optional.of(step.of(value)), Optional.empty())
                .orWord("auto", Optional.empty());
    }

    /** A list of such values. */
    Conversion<List<T>> list() {
        return new Conversion<>(
                value -> {
                    if (!(value instanceof ConfigList values)) {
                        throw new Unfit("a list [ ... ]");
                    }
                    List<T> converted = new ArrayList<>();
                    for (ConfigValue element : values) {
                        try {
                            converted.add(step.of(element));
                        } catch (Unfit unfit) {
                            throw new Unfit("a list, each element " + unfit.rule());
                        }
                    }
                    return List.copyOf(converted);
                },
                List.of());
    }
}
