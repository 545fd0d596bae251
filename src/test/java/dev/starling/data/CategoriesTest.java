package dev.starling.data;

import static dev.starling.data.TestFiles.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Categories;
import dev.starling.data.DataSettings.Csv;
import dev.starling.data.DataSettings.Features;
import dev.starling.data.DataSettings.Iid;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CategoriesTest {

    private static final Features ONE_HOT = new Features(1, false, Categories.ONE_HOT);

    @TempDir
    Path directory;

    private Csv csv(String text, List<String> categorical, int classes, List<String> names) {
        Path file = TestFiles.write(directory.resolve("t.csv"), text.getBytes(StandardCharsets.UTF_8));
        return new Csv(
                file, ',', '.', true, List.of("a"), categorical, "t", classes, names, 0, 1, MissingValues.REFUSED);
    }

    private float[] codes(String... ids) {
        StringBuilder text = new StringBuilder("a,c,t\n");
        for (String id : ids) {
            text.append("0,").append(id).append(",1\n");
        }
        DataSet data = CsvSource.read(csv(text.toString(), List.of("c"), 0, List.of()), new Iid());
        float[] codes = new float[ids.length];
        for (int row = 0; row < ids.length; row++) {
            codes[row] = data.train().cell(row, 1);
        }
        return codes;
    }

    @Test
    void numbersThatFloatsMixUpAreStillDifferentCategories() {
        assertThat(codes("16777216", "16777217", "16777218", "16777216")).containsExactly(0, 1, 2, 0);
        assertThat(codes("0.1", "0.10000000001")).containsExactly(0, 1);
        assertThat(codes("1", "1.0", "01")).containsExactly(1, 2, 0);
        assertThat(codes("1e999", "2e999")).containsExactly(0, 1);
        assertThat(codes("24", "3", "24")).as("numbers keep their values").containsExactly(24, 3, 24);
    }

    /** Two proxy rows of twenty cannot have all ten categories. */
    @Test
    void categoriesThatTheProxyRowsLackAreCategories() {
        StringBuilder text = new StringBuilder("a,c,t\n");
        for (int row = 0; row < 20; row++) {
            text.append("0,c").append(row % 10).append(",1\n");
        }
        Csv source = csv(text.toString(), List.of("c"), 0, List.of());
        DataSettings settings = new DataSettings(source, new Iid(), ONE_HOT, 0, 0.1);
        RawData raw = DataLoader.load(settings, 1, new Seeds(1));
        FederatedData data = raw.featurized(raw.fitFeaturizer());
        float[] rows = TestFiles.features(data.training(0));
        assertThat(data.shape().width()).isEqualTo(11);
        for (int row = 0; row < 18; row++) {
            float ones = 0;
            for (int i = 0; i < 11; i++) {
                ones += rows[row * 11 + i];
            }
            assertThat(ones).as("row %d", row).isEqualTo(1);
        }
    }

    @Test
    void textsAreClassesInTheOrderOfTheirLettersOrAsNamed() {
        String text = "a,t\n1,yes\n2,no\n3,no\n";
        DataSet sorted = CsvSource.read(csv(text, List.of(), 2, List.of()), new Iid());
        assertThat(sorted.train().answers().label(0)).isEqualTo(1);
        assertThat(sorted.notes().classNames()).containsExactly("no", "yes");
        DataSet named = CsvSource.read(csv(text, List.of(), 3, List.of("yes", "no", "perhaps")), new Iid());
        assertThat(named.train().answers().label(0)).isZero();
        assertThat(named.shape().outputs()).isEqualTo(3);
        DataSet fromOne = CsvSource.read(csv("a,t\n1,1\n2,3\n", List.of(), 3, List.of("1", "2", "3")), new Iid());
        assertThat(fromOne.train().answers().label(1)).isEqualTo(2);
        DataSet flags = CsvSource.read(csv("a,t\n1,True\n2,False\n", List.of(), 2, List.of()), new Iid());
        assertThat(flags.train().answers().label(0)).isEqualTo(1);
    }

    @Test
    void classesThatDoNotFitAreRefused() {
        String text = "a,t\n1,yes\n2,no\n3,dunno\n";
        assertRefused(
                () -> CsvSource.read(csv(text, List.of(), 2, List.of()), new Iid()),
                "column 1 (t) has 3 classes [dunno, no, yes]: data.source.target-classes must be 3, got 2");
        assertRefused(
                () -> CsvSource.read(csv(text, List.of(), 2, List.of("no", "yes")), new Iid()),
                "line 4, column 1 (t): must be one of [no, yes] (data.source.class-names), got \"dunno\"");
        assertRefused(
                () -> CsvSource.read(csv("a,t\n1,1\n2,2\n", List.of(), 2, List.of()), new Iid()),
                "line 3, column 1 (t): must be a label from 0 to 1, got \"2\"",
                "data.source.class-names");
    }

    @Test
    void oneHotColumnsThatNoArrayCanHoldAreRefusedWithTheirFigures() {
        StringBuilder text = new StringBuilder("a,c,t\n");
        for (int row = 0; row < 50_000; row++) {
            text.append("0,u").append(row).append(",1\n");
        }
        Csv source = csv(text.toString(), List.of("c"), 0, List.of());
        String[] said = {
            "t.csv: column c has 50,000 categories, one-hot needs 50,000 x 50,001 values (10.0 GB)",
            "data.features.categories = index"
        };
        DataSettings oneHot = new DataSettings(source, new Iid(), ONE_HOT, 0, 0);
        assertRefused(() -> DataLoader.shape(oneHot), said);
        assertRefused(() -> DataLoader.load(oneHot, 5, new Seeds(1)).fitFeaturizer(), said);
        DataSettings index = new DataSettings(source, new Iid(), TestFiles.PLAIN, 0, 0);
        assertThat(DataLoader.outline(index).indexed()).containsEntry(1, new DataOutline.Indexed("c", 50_000));
    }

    @Test
    void featuresBeyondTheMemoryOfTheProcessAreRefused() {
        DataSet data = CsvSource.read(csv("a,c,t\n1,x,1\n2,y,1\n", List.of("c"), 0, List.of()), new Iid());
        Featurizer fitted = FeatureFitting.fit(data, new int[] {0, 1}, ONE_HOT);
        FeatureSizes.require(data, fitted, 24);
        assertRefused(() -> FeatureSizes.require(data, fitted, 23), "2 x 3 values", "java -Xmx");
    }
}
