package dev.starling.scenario;

import dev.starling.data.DataSettings.Csv;
import dev.starling.data.MissingValues;
import java.nio.file.Path;
import java.util.List;

/** Reads a source that is a table. */
final class TableReader {

    private TableReader() {}

    static Csv read(Section source, Path file) {
        List<String> classNames = source.read("class-names", Values.text().list());
        int classes = source.read("target-classes", Numbers.wholeNumber(0, 1_000_000));
        return new Csv(
                file,
                source.read("delimiter", Values.character()),
                source.read("decimal", Values.word(List.of(".", ","))).equals(",") ? ',' : '.',
                source.read("header", Values.flag()),
                source.read("numerical", Values.text().list()),
                source.read("categorical", Values.text().list()),
                source.read("target", Values.text()),
                classes == 0 ? classNames.size() : classes,
                classNames,
                source.read("test-share", Numbers.number(Range.SHARE)),
                source.read("split-seed", Numbers.longNumber()),
                missing(source.child("missing")));
    }

    private static MissingValues missing(Section missing) {
        return new MissingValues(
                missing.read("cells", Values.text().list()),
                missing.read("numerical", Values.choice(MissingValues.Numerical.class)),
                missing.read("categorical", Values.choice(MissingValues.Categorical.class)),
                missing.read("target", Values.choice(MissingValues.Target.class)));
    }
}
