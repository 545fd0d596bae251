package dev.starling.data;

import static dev.starling.data.TestFiles.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Categories;
import dev.starling.data.DataSettings.Csv;
import dev.starling.data.DataSettings.Features;
import dev.starling.data.DataSettings.Iid;
import dev.starling.data.MissingValues.Categorical;
import dev.starling.data.MissingValues.Numerical;
import dev.starling.data.MissingValues.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingValuesTest {

    private static final String TABLE = """
            a,c,t
            1,x,10
            NA,y,11
            2,?,12
            2,x,13
            9,,nan
            """;

    @TempDir
    Path directory;

    private Csv csv(String text, Numerical numerical, Categorical categorical, Target target) {
        return csv(text, List.of("c"), 0, numerical, categorical, target);
    }

    private Csv csv(
            String text,
            List<String> columns,
            double testShare,
            Numerical numerical,
            Categorical categorical,
            Target target) {
        Path file = TestFiles.write(directory.resolve("t.csv"), text.getBytes(StandardCharsets.UTF_8));
        MissingValues missing = new MissingValues(MissingValues.REFUSED.cells(), numerical, categorical, target);
        return new Csv(file, ',', '.', true, List.of("a"), columns, "t", 0, List.of(), testShare, 3, missing);
    }

    /** Rows in the order of the file, as one device has them that holds nothing back. */
    private static float[] features(Csv source, Features features) {
        DataSet data = CsvSource.read(source, new Iid());
        Featurizer fitted = FeatureFitting.fit(data, Rows.all(data.train().rows()), features);
        return new RowFeaturizer(fitted).features(data.train());
    }

    private float[] filledWith(Numerical numerical) {
        Csv source = csv(TABLE, List.of(), 0, numerical, Categorical.REFUSE, Target.DROP_ROW);
        return features(source, TestFiles.PLAIN);
    }

    /** The last row has no target: of 1, 2 and 2 the mean is 5/3. */
    @Test
    void numbersAreFilledInFromTheValuesThatAreThere() {
        assertThat(filledWith(Numerical.MEAN)).containsExactly(1, (float) (5.0 / 3), 2, 2);
        assertThat(filledWith(Numerical.MEDIAN)).containsExactly(1, 2, 2, 2);
        assertThat(filledWith(Numerical.MOST_COMMON)).containsExactly(1, 2, 2, 2);
        assertThat(Filling.median(new float[] {1, 2, 4, 9})).isEqualTo(3);
        assertThat(Filling.mostCommon(new float[] {1, 1, 2, 2, 3})).isEqualTo(1);
    }

    @Test
    void standardizingCountsOnlyTheValuesThatAreThere() {
        Csv source = csv(TABLE, List.of(), 0, Numerical.MEAN, Categorical.REFUSE, Target.DROP_ROW);
        float[] standardized = features(source, new Features(1, true, Categories.INDEX));
        float deviation = (float) Math.sqrt(2.0 / 9);
        assertThat(standardized[1]).as("the mean itself").isZero();
        assertThat(standardized[0]).isEqualTo((1 - (float) (5.0 / 3)) * (1 / deviation));
    }

    @Test
    void categoriesAreFilledInOrBecomeOneOfTheirOwn() {
        assertThat(features(csv(TABLE, Numerical.MEAN, Categorical.MOST_COMMON, Target.DROP_ROW), TestFiles.PLAIN))
                .containsExactly(1, 0, (float) (5.0 / 3), 1, 2, 0, 2, 0);
        Features oneHot = new Features(1, false, Categories.ONE_HOT);
        assertThat(features(csv(TABLE, Numerical.MEDIAN, Categorical.CATEGORY, Target.DROP_ROW), oneHot))
                .containsExactly(1, 0, 1, 0, 2, 0, 0, 1, 2, 1, 0, 0, 2, 0, 1, 0);
    }

    @Test
    void rowsAreLeftOutAndCounted() {
        DataSet data = CsvSource.read(csv(TABLE, Numerical.DROP_ROW, Categorical.DROP_ROW, Target.DROP_ROW), new Iid());
        assertThat(RowFeaturizerTest.cells(data.train())).containsExactly(1, 0, 2, 0);
        assertThat(data.notes().remarks())
                .singleElement()
                .asString()
                .endsWith("t.csv: 3 of 5 rows left out, for they miss values: 1 in column 0 (a), 2 in column 1 (c),"
                        + " 1 in column 2 (t) (lines 3, 4, 6)");
        assertRefused(
                () -> CsvSource.read(
                        csv("a,c,t\n,x,1\n", Numerical.DROP_ROW, Categorical.REFUSE, Target.REFUSE), new Iid()),
                "must have rows that miss nothing");
    }

    @Test
    void targetsAreNeverMadeUp() {
        assertRefused(
                () -> CsvSource.read(csv(TABLE, Numerical.MEAN, Categorical.CATEGORY, Target.REFUSE), new Iid()),
                "line 6, column 2 (t): must be a finite number, got \"nan\"");
    }

    @Test
    void withoutARuleOnlyAnEmptyCellIsNoCategory() {
        String countries = "a,c,t\n1,NA,1\n2,DE,2\n";
        assertThat(features(csv(countries, Numerical.REFUSE, Categorical.REFUSE, Target.REFUSE), TestFiles.PLAIN))
                .containsExactly(1, 1, 2, 0);
        assertRefused(
                () -> CsvSource.read(
                        csv(countries.replace("NA", ""), Numerical.MEAN, Categorical.REFUSE, Target.REFUSE), new Iid()),
                "must name a category",
                "data.source.missing.categorical");
    }

    /** Test rows and rows that are not the proxy's hold 1000 and more, the proxy rows 0 to 1: a leak would show. */
    @Test
    void whatIsFilledInComesFromTheProxyRowsAlone() {
        StringBuilder text = new StringBuilder("a,t\n");
        for (int row = 0; row < 100; row++) {
            text.append(row % 3 == 0 ? "" : "7").append(',').append(row).append('\n');
        }
        Csv source = csv(text.toString(), List.of(), 0.3, Numerical.MEAN, Categorical.REFUSE, Target.REFUSE);
        DataSet data = CsvSource.read(source, new Iid());
        int[] proxy = {0, 1, 2, 3, 4, 5, 6, 7};
        float[] cells = RowFeaturizerTest.cells(data.train());
        for (int i = 8; i < cells.length; i++) {
            cells[i] = Float.isNaN(cells[i]) ? cells[i] : 1_000;
        }
        float[] test = RowFeaturizerTest.cells(data.test());
        Arrays.fill(test, 1e9f);
        DataSet altered = new DataSet(
                data.name(),
                Table.of(1, cells, data.train().answers()),
                Table.of(1, test, data.test().answers()),
                data.shape(),
                data.columns(),
                data.owners(),
                data.groups(),
                data.notes());
        Featurizer fitted = FeatureFitting.fit(altered, proxy, TestFiles.PLAIN);
        assertThat(fitted.columns()).containsExactly(new Featurizer.Filled(new Featurizer.Affine(0, 1), 7));
        int[] empty = Rows.all(cells.length);
        int[] gaps = Arrays.stream(empty)
                .filter(row -> Float.isNaN(cells[row]))
                .limit(2)
                .toArray();
        assertRefused(
                () -> FeatureFitting.fit(altered, gaps, TestFiles.PLAIN),
                "column a has no value in the 2 rows that what is missing is fitted on: raise data.proxy");
    }

    @Test
    void everyNodeFillsAlike() {
        Csv source = csv(TABLE, Numerical.MEAN, Categorical.CATEGORY, Target.DROP_ROW);
        DataSettings settings = new DataSettings(source, new Iid(), TestFiles.PLAIN, 0, 0);
        RawData here = DataLoader.load(settings, 2, new Seeds(1));
        Featurizer shipped = here.fitFeaturizer();
        FederatedData there = DataLoader.load(settings, 2, new Seeds(1)).featurized(shipped);
        assertThat(TestFiles.features(there.training(1)))
                .containsExactly(TestFiles.features(here.featurized(shipped).training(1)))
                .doesNotContain(Float.NaN);
    }
}
