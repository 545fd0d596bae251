package dev.starling.data;

import java.util.List;
import java.util.Map;

/**
 * The small grammar behind {@link KeyboardSource}: kinds of words, what may follow what, and the words of each kind.
 * A message is a walk from {@link #START} to {@link #END}.
 */
final class Phrases {

    static final String START = "start";
    static final String END = "end";

    /** What may follow each kind of word, the first choices likelier than the later ones. */
    static final Map<String, List<String>> FOLLOWERS = Map.ofEntries(
            Map.entry(START, List.of("who", "greeting", "question")),
            Map.entry("greeting", List.of("who", "question", "name")),
            Map.entry("name", List.of("who", "question")),
            Map.entry("question", List.of("where", "when", END)),
            Map.entry("who", List.of("does", "feels")),
            Map.entry("does", List.of("what", "where")),
            Map.entry("feels", List.of("when", "closing", END)),
            Map.entry("what", List.of("when", "where", "and", END)),
            Map.entry("where", List.of("when", "closing", END)),
            Map.entry("when", List.of("and", "closing", END)),
            Map.entry("and", List.of("who")),
            Map.entry("closing", List.of(END)));

    static final Map<String, List<String>> WORDS = Map.ofEntries(
            Map.entry("greeting", List.of("hello", "hey", "good morning", "hi there", "dear", "yo", "good evening")),
            Map.entry("name", List.of("anna", "tom", "maria", "ben", "mum", "dad", "my friend", "everyone", "boss")),
            Map.entry(
                    "question",
                    List.of("where are you", "are you coming", "how was work", "shall we meet", "can you call me")),
            Map.entry("who", List.of("i", "we", "they", "my sister and i", "the children", "you", "the neighbours")),
            Map.entry(
                    "does",
                    List.of(
                            "want to see",
                            "will bring",
                            "are looking for",
                            "have lost",
                            "need",
                            "forgot",
                            "are bringing",
                            "were talking about",
                            "will buy",
                            "are making",
                            "really like")),
            Map.entry(
                    "feels",
                    List.of("are running late", "are so tired", "will be fine", "are on the way", "cannot come")),
            Map.entry(
                    "what",
                    List.of(
                            "the keys",
                            "some bread",
                            "the new film",
                            "a birthday cake",
                            "the train tickets",
                            "your umbrella",
                            "the meeting",
                            "the football match",
                            "dinner",
                            "the old car",
                            "three bottles of milk")),
            Map.entry(
                    "where",
                    List.of(
                            "at the station",
                            "in the office",
                            "at home",
                            "in the park",
                            "near the school",
                            "at the market",
                            "in town",
                            "by the river")),
            Map.entry(
                    "when",
                    List.of(
                            "tonight",
                            "tomorrow morning",
                            "at six",
                            "after work",
                            "on sunday",
                            "next week",
                            "right now",
                            "in ten minutes")),
            Map.entry("and", List.of("and", "but", "because", "so")),
            Map.entry("closing", List.of("see you", "take care", "thanks", "love you", "talk soon", "best wishes")));

    private Phrases() {}
}
