package dev.starling.data;

import dev.starling.base.Rng;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How one person writes: the words and turns that they like more than others do, and their spelling. With strength 0
 * everybody writes alike.
 */
final class Dialect {

    private static final List<String> ENDINGS = List.of(".", "!", "", "...", "!!");

    private final Map<String, double[]> followers = new HashMap<>();
    private final Map<String, double[]> words = new HashMap<>();
    private final String ending;
    private final boolean clipsEndings;
    private final boolean abbreviates;
    private final boolean stretches;

    /** @param strength deviation of the logarithm of a person's liking for a word; also how likely habits are, 0 to 1 */
    Dialect(double strength, Rng rng) {
        // Sorted: the order of a map of the JDK changes from run to run.
        Phrases.FOLLOWERS.keySet().stream()
                .sorted()
                .forEach(kind -> followers.put(
                        kind, liking(listOf(Phrases.FOLLOWERS, kind).size(), 1, strength, rng)));
        Phrases.WORDS.keySet().stream()
                .sorted()
                .forEach(kind ->
                        words.put(kind, liking(listOf(Phrases.WORDS, kind).size(), 0, 2 * strength, rng)));
        int habit = rng.nextInt(ENDINGS.size());
        ending = rng.nextDouble() < strength ? ENDINGS.get(habit) : ENDINGS.get(0);
        clipsEndings = rng.nextDouble() < strength / 2;
        abbreviates = rng.nextDouble() < strength / 2;
        stretches = rng.nextDouble() < strength / 3;
    }

    /** Weights that fall from one choice to the next by {@code fall}, times a log-normal factor of this person's own. */
    private static double[] liking(int choices, int fall, double deviation, Rng rng) {
        double[] weights = new double[choices];
        for (int i = 0; i < choices; i++) {
            weights[i] = rng.nextLogNormal(0, deviation) / (1 + fall * i);
        }
        return weights;
    }

    /** Appends messages to {@code text}, each followed by a blank, until it has {@code length} characters or more. */
    void write(int length, Rng rng, StringBuilder text) {
        while (text.length() < length) {
            String kind = next(Phrases.START, rng);
            boolean question = kind.equals("question");
            StringBuilder message = new StringBuilder();
            while (!kind.equals(Phrases.END)) {
                String said = spelled(choose(listOf(Phrases.WORDS, kind), weights(words, kind), rng));
                message.append(message.isEmpty() ? "" : " ").append(said);
                kind = next(kind, rng);
            }
            text.append(message).append(question ? "?" : ending).append(' ');
        }
    }

    private String next(String kind, Rng rng) {
        return choose(listOf(Phrases.FOLLOWERS, kind), weights(followers, kind), rng);
    }

    private String spelled(String words) {
        String spelled = words;
        if (abbreviates) {
            spelled = spelled.replace("you", "u").replace("are ", "r ").replace("tomorrow", "tmrw");
        }
        if (clipsEndings) {
            spelled = spelled.replace("ing ", "in' ").replaceFirst("ing$", "in'");
        }
        return stretches ? spelled.replaceFirst("o$", "ooo").replaceFirst("y$", "yyy") : spelled;
    }

    private static double[] weights(Map<String, double[]> weights, String kind) {
        return weights.getOrDefault(kind, new double[] {1});
    }

    private static List<String> listOf(Map<String, List<String>> lists, String kind) {
        return lists.getOrDefault(kind, List.of());
    }

    private static String choose(List<String> choices, double[] weights, Rng rng) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double at = rng.nextDouble() * sum;
        int chosen = 0;
        while (chosen < weights.length - 1 && at >= weights[chosen]) {
            at -= weights[chosen++];
        }
        return choices.get(chosen);
    }
}
