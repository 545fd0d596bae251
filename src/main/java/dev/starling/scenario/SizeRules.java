package dev.starling.scenario;

import dev.starling.data.DataSettings.Glyphs;
import dev.starling.data.DataSettings.Keyboard;
import dev.starling.data.DataSettings.Source;
import dev.starling.data.DataSettings.Synthetic;
import dev.starling.data.DataSettings.SyntheticPool;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Generated data lies in arrays, which have room for so many values and no more. */
final class SizeRules {

    private static final long MOST_VALUES = Integer.MAX_VALUE - 8;

    /** 2 GB of features: text of a million phones is better made by other means. */
    private static final long MOST_CHARACTERS = 500_000_000;

    private static final int PIXELS = 28 * 28;

    private final Reading reading;

    private SizeRules(Reading reading) {
        this.reading = reading;
    }

    static void check(Source source, int devices, Reading reading) {
        SizeRules rules = new SizeRules(reading);
        String train = "data.source.train-examples";
        String test = "data.source.test-examples";
        String examples = "data.source.examples";
        if (source instanceof Glyphs glyphs) {
            rules.pixels(train, glyphs.trainExamples());
            rules.pixels(test, glyphs.testExamples());
        } else if (source instanceof Synthetic synthetic) {
            rules.task(synthetic);
            rules.inputs(test, synthetic.testExamples(), synthetic);
        } else if (source instanceof SyntheticPool pool) {
            rules.task(pool.tasks());
            rules.inputs("data.source.pool-examples", pool.poolExamples(), pool.tasks());
            rules.inputs(test, pool.tasks().testExamples(), pool.tasks());
        } else if (source instanceof Keyboard keyboard) {
            Map<String, Integer> typed = new LinkedHashMap<>();
            typed.put("fleet.devices", devices);
            typed.put(examples, keyboard.examples());
            typed.put("data.source.steps", keyboard.steps());
            rules.product(typed, MOST_CHARACTERS);
            Map<String, Integer> ofOthers = new LinkedHashMap<>();
            ofOthers.put(test, keyboard.testExamples());
            ofOthers.put("data.source.steps", keyboard.steps());
            rules.product(ofOthers, MOST_CHARACTERS);
        }
    }

    private void pixels(String path, int examples) {
        long most = MOST_VALUES / PIXELS;
        reading.rule(
                examples <= most,
                path + " must be at most " + most + " with data.source.kind = glyphs (28 x 28 values each), got "
                        + examples,
                path);
    }

    /** The weights of a device's own model. */
    private void task(Synthetic tasks) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("data.source.classes", tasks.classes());
        sizes.put("data.source.features", tasks.features());
        product(sizes, MOST_VALUES);
    }

    private void inputs(String path, int examples, Synthetic tasks) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put(path, examples);
        sizes.put("data.source.features", tasks.features());
        product(sizes, MOST_VALUES);
    }

    private void product(Map<String, Integer> sizes, long most) {
        BigInteger product = sizes.values().stream()
                .map(size -> BigInteger.valueOf(size))
                .reduce(BigInteger.ONE, BigInteger::multiply);
        List<String> paths = new ArrayList<>(sizes.keySet());
        reading.rule(
                product.compareTo(BigInteger.valueOf(most)) <= 0,
                String.join(" × ", paths) + " must be at most " + most + ", got " + product,
                paths.toArray(String[]::new));
    }
}
