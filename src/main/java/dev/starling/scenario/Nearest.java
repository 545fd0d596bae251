package dev.starling.scenario;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a mistyped word probably meant. */
final class Nearest {

    private Nearest() {}

    /** The candidate with the fewest slips of the keyboard from {@code word}, unless all are too far to be meant. */
    static Optional<String> to(String word, Collection<String> candidates) {
        String spelled = kebab(word);
        return candidates.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(spelled, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> distance(spelled, candidate) <= Math.max(2, spelled.length() * 2 / 5))
                .filter(candidate -> distance(spelled, candidate) < spelled.length());
    }

    /** What {@code value} probably meant, as the end of a message, where {@code rule} lists words: "one of a, b". */
    static String among(String rule, ConfigValue value) {
        String listed = "one of ";
        if (!rule.startsWith(listed) || value.valueType() != ConfigValueType.STRING) {
            return "";
        }
        List<String> words = List.of(rule.substring(listed.length()).split(", (or )?"));
        return to(String.valueOf(value.unwrapped()), words)
                .map(word -> "; did you mean " + word + "?")
                .orElse("");
    }

    /** learningRate and learning_rate are spelled learning-rate here. */
    private static String kebab(String word) {
        return word.replaceAll("([a-z])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** Edit distance with transpositions of neighbours (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int swap = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + swap, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
