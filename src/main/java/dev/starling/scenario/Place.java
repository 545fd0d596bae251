package dev.starling.scenario;

import com.typesafe.config.ConfigOrigin;
import java.util.Comparator;

/**
 * Where a setting stands: a line of a file, or a {@code --set} of the command line.
 *
 * @param source the file as the user named it, or the whole override
 * @param line from 1; 0 if there is none
 */
record Place(String source, int line) {

    static final String OVERRIDE = "--set ";

    /** Lines of files first, in order, then overrides. */
    static final Comparator<Place> ORDER = Comparator.comparing(Place::isOverride)
            .thenComparing(place -> place.isOverride() ? "" : place.source)
            .thenComparingInt(Place::line);

    static Place of(ConfigOrigin origin) {
        String described = origin.description();
        String source = origin.lineNumber() > 0 ? described.replaceFirst(": \\d+(-\\d+)?$", "") : described;
        return new Place(source, source.startsWith(OVERRIDE) ? 0 : Math.max(0, origin.lineNumber()));
    }

    boolean isOverride() {
        return source.startsWith(OVERRIDE);
    }

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
