package dev.starling.store;

import java.util.Optional;

/** A pipeline as lines {@code part.key = value}, for people and for keeping: what is written is read as the same. */
public final class PipelineText {

    private static final String IS = " = ";

    private PipelineText() {}

    /** Ordered by part and key; backslashes and line ends in values are escaped. */
    public static String of(Pipeline pipeline) {
        StringBuilder text = new StringBuilder();
        for (PipelinePart part : PipelinePart.values()) {
            pipeline.part(part)
                    .forEach((key, value) -> text.append(part.label())
                            .append('.')
                            .append(key)
                            .append(IS)
                            .append(escaped(value))
                            .append('\n'));
        }
        return text.toString();
    }

    /** The pipeline that {@link #of} was given; DamagedModelException if {@code text} is not of its making. */
    public static Pipeline read(String text) {
        Pipeline pipeline = Pipeline.EMPTY;
        for (String line : text.split("\n", -1)) {
            if (!line.isEmpty()) {
                int dot = line.indexOf('.');
                int is = line.indexOf(IS);
                Optional<PipelinePart> part =
                        dot < 0 || is < dot ? Optional.empty() : PipelinePart.of(line.substring(0, dot));
                if (part.isEmpty()) {
                    throw DamagedModelException.payload(
                            "a line of the pipeline must be 'part.key = value', got " + line);
                }
                String value = unescaped(line.substring(is + IS.length()));
                pipeline = pipeline.with(part.get(), line.substring(dot + 1, is), value);
            }
        }
        return pipeline;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String unescaped(String value) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                plain.append(value.charAt(i) == 'n' ? '\n' : value.charAt(i));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
