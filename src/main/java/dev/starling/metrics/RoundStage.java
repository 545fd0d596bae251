package dev.starling.metrics;

/**
 * What a round is in the course of its run.
 *
 * @param word as {@code rounds.csv} has it: federated, personal, pre-training or update
 * @param label as people read it, for example {@code session}
 * @param number counts from 1 in this part of the run
 * @param of how many this part has at most
 * @param lastRound the last round of the whole run, as far as it is known: fewer if a target is reached
 */
public record RoundStage(String word, String label, int number, int of, int lastRound) {

    public static final String FEDERATED = "federated";

    /** {@code session 2/3}; numbers are as wide as the largest, so that lines align. */
    public String text() {
        if (of == 1 && !FEDERATED.equals(word)) {
            return label;
        }
        int width = String.valueOf(of).length();
        return label + " "
                + " ".repeat(Math.max(0, width - String.valueOf(number).length())) + number + "/" + of;
    }
}
