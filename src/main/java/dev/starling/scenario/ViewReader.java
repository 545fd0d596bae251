package dev.starling.scenario;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.starling.data.ViewSettings;
import dev.starling.data.ViewSettings.Arrival;
import dev.starling.data.ViewSettings.Concept;
import dev.starling.data.ViewSettings.Daytime;
import dev.starling.data.ViewSettings.Keep;
import dev.starling.data.ViewSettings.Order;
import dev.starling.data.ViewSettings.Region;
import dev.starling.data.ViewSettings.Weather;
import java.util.Map;
import java.util.TreeMap;

/** Reads the blocks {@code data.bias} and {@code data.arrival}. */
final class ViewReader {

    private static final double EVER = Double.POSITIVE_INFINITY;
    private static final Conversion<Double> RATE =
            Numbers.number(Range.NOT_NEGATIVE).orWord("infinite", EVER);

    private ViewReader() {}

    /**
     * Both blocks.
     *
     * @param data the block that they are in
     * @param regionsOfFleet whether devices live in the regions of their fleet, and biases have none of their own
     */
    static ViewSettings read(Section data, boolean regionsOfFleet) {
        Section bias = data.child("bias");
        Section region = bias.child("region");
        Section weather = bias.child("weather");
        Section concept = bias.child("concept");
        return new ViewSettings(
                new Region(
                        region.read("strength", Numbers.number(Range.NOT_NEGATIVE)),
                        regionsOfFleet ? 1 : region.read("count", Numbers.wholeNumber(1, 1_000_000)),
                        drift(region)),
                new Daytime(bias.child("daytime").read("darkness", Numbers.number(Range.UNIT))),
                new Weather(
                        weather.read("noise", Numbers.number(Range.NOT_NEGATIVE)),
                        weather.read("blur", Numbers.number(Range.UNIT)),
                        drift(weather)),
                new Concept(
                        concept.read("labels", Numbers.wholeNumber(0, 1_000_000)),
                        concept.read("groups", Numbers.wholeNumber(2, 1_000_000)),
                        drift(concept)),
                bias.read("test", Values.flag()),
                arrival(data.child("arrival")));
    }

    private static double drift(Section bias) {
        return bias.read("drift", Units.duration().orWord("infinite", EVER));
    }

    private static Arrival arrival(Section arrival) {
        ConfigValue given = arrival.raw("per-day").orElse(null);
        Map<String, Double> ofClass = given instanceof ConfigObject classes ? perClass(arrival, classes) : Map.of();
        return new Arrival(
                given instanceof ConfigObject ? EVER : arrival.read("per-day", RATE),
                ofClass,
                arrival.read("initial", Numbers.wholeNumber(0, Integer.MAX_VALUE)),
                arrival.read(
                        "at-most", Numbers.wholeNumber(1, Integer.MAX_VALUE).orWord("infinite", Integer.MAX_VALUE)),
                arrival.read("keep", Values.choice(Keep.class)),
                arrival.read("order", Values.choice(Order.class)));
    }

    /** The rates of a block whose keys are names of classes. */
    private static Map<String, Double> perClass(Section arrival, ConfigObject classes) {
        Map<String, Double> rates = new TreeMap<>();
        classes.forEach((name, value) -> {
            try {
                rates.put(name, RATE.of(value));
            } catch (Unfit unfit) {
                arrival.fail("per-day", "a rate for each class, " + name + " " + unfit.rule(), value);
            }
        });
        return rates;
    }
}
