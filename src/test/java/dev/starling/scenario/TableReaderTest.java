package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.data.DataSettings.Csv;
import dev.starling.data.MissingValues;
import dev.starling.data.MissingValues.Categorical;
import dev.starling.data.MissingValues.Numerical;
import dev.starling.data.MissingValues.Target;
import org.junit.jupiter.api.Test;

class TableReaderTest {

    private static final String TABLE =
            "data.source { kind = csv, file = t.csv, numerical = [a], target = t }\nmodel.network = \"mlp(8)\"\n";

    private static Csv csv(String more) {
        return (Csv) Told.scenario(TABLE + more).data().source();
    }

    @Test
    void whatIsLeftOutIsAPlainTable() {
        Csv plain = csv("");
        assertThat(plain.decimal()).isEqualTo('.');
        assertThat(plain.classNames()).isEmpty();
        assertThat(plain.missing()).isEqualTo(MissingValues.REFUSED);
    }

    @Test
    void everydayFormsAreSettings() {
        Csv source = csv("""
                data.source { delimiter = ";", decimal = ",", class-names = [low, high] }
                data.source.missing { cells = ["-"], numerical = most-common, categorical = category, target = drop-row }
                """);
        assertThat(source.decimal()).isEqualTo(',');
        assertThat(source.classNames()).containsExactly("low", "high");
        assertThat(source.classes()).as("as many as are named").isEqualTo(2);
        assertThat(source.missing().numerical()).isEqualTo(Numerical.MOST_COMMON);
        assertThat(source.missing().categorical()).isEqualTo(Categorical.CATEGORY);
        assertThat(source.missing().target()).isEqualTo(Target.DROP_ROW);
        assertThat(source.missing().cells()).containsExactly("-");
    }

    @Test
    void whatMakesNoTableIsRefused() {
        assertThat(Told.about(TABLE + "data.source { target-classes = 3, class-names = [a, b] }"))
                .containsExactly("x.conf:3: data.source.class-names must have data.source.target-classes (3) names,"
                        + " or that be left out; got 2");
        assertThat(Told.about(TABLE + "data.source.class-names = [a, b, a]"))
                .containsExactly("x.conf:3: data.source.class-names must name a class once, got a twice");
        assertThat(Told.about(TABLE + "data.source.delimiter = \"\\\"\""))
                .containsExactly("x.conf:3: data.source.delimiter must not be a quote or the end of a line");
        assertThat(Told.about(TABLE + "data.source.missing.target = mean"))
                .containsExactly("x.conf:3: data.source.missing.target must be one of refuse, drop-row, got \"mean\"");
        assertThat(Told.about("data.source.missing.target = drop-row"))
                .as("of other sources")
                .isNotEmpty();
    }
}
