package dev.starling.data;

import static dev.starling.data.TestFiles.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.ByColumn;
import dev.starling.data.DataSettings.Categories;
import dev.starling.data.DataSettings.Csv;
import dev.starling.data.DataSettings.Features;
import dev.starling.data.DataSettings.Iid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSourceTest {

    private static final String ROOMS = """
            rooms,river,price,town
            4,yes,1.5,"a, west"

            5,no,2.5,b
            6,yes,3.5,b
            """;

    @TempDir
    Path directory;

    private Csv csv(String text, char delimiter, boolean header, List<String> numerical, List<String> categorical) {
        return csv(text, delimiter, header, numerical, categorical, header ? "price" : "2", 0);
    }

    private Csv csv(
            String text,
            char delimiter,
            boolean header,
            List<String> numerical,
            List<String> categorical,
            String target,
            int classes) {
        try {
            Path file = Files.writeString(directory.resolve("table.csv"), text);
            return new Csv(file, delimiter, header, numerical, categorical, target, classes, 0, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FederatedData load(Csv source) {
        RawData raw = DataLoader.load(TestFiles.settings(source, new Iid()), 1, new Seeds(1));
        return raw.featurized(raw.fitFeaturizer());
    }

    private static Table read(Csv source) {
        return CsvSource.read(source, new Iid()).train();
    }

    @Test
    void columnsAreFoundByNameOrIndexAndTextsBecomeCategories() {
        Table table = read(csv(ROOMS, ',', true, List.of("rooms"), List.of("3", "river")));
        assertThat(table.columns()).isEqualTo(3);
        assertThat(List.of(table.cell(0, 0), table.cell(0, 1), table.cell(0, 2)))
                .containsExactly(4f, 0f, 1f);
        assertThat(List.of(table.cell(1, 0), table.cell(1, 1), table.cell(1, 2)))
                .containsExactly(5f, 1f, 0f);
        assertThat(TestFiles.targets(
                        load(csv(ROOMS, ',', true, List.of("rooms"), List.of())).training(0)))
                .containsExactlyInAnyOrder(1.5f, 2.5f, 3.5f);
    }

    @Test
    void aSpaceIsAnyRunOfWhiteSpace() {
        Table table = read(csv("  1   2\t3 \n 4 5  6e1\n", ' ', false, List.of("0", "1"), List.of()));
        assertThat(table.rows()).isEqualTo(2);
        assertThat(table.cell(1, 1)).isEqualTo(5);
        float[] target = new float[1];
        table.answers().copyTargets(1, target, 0);
        assertThat(target).containsExactly(60);
    }

    @Test
    void badCellsAreNamedWithLineColumnAndValueAllAtOnce() {
        String bad = ROOMS.replace("5,no", "five,no").replace("3.5", "NaN");
        assertRefused(
                () -> read(csv(bad, ',', true, List.of("rooms"), List.of())),
                "table.csv: line 4, column 0 (rooms): must be a finite number, got \"five\"",
                "table.csv: line 5, column 2 (price): must be a finite number, got \"NaN\"");
        assertRefused(
                () -> read(csv("1 2 3\n4 0x5 6\n", ' ', false, List.of("0", "1"), List.of())),
                "table.csv: line 2, column 1: must be a finite number, got \"0x5\"");
        assertRefused(
                () -> read(csv("1,,3\n", ',', false, List.of("0"), List.of("1"))),
                "table.csv: line 1, column 1: must name a category, got \"\"");
    }

    @Test
    void labelsOutsideTheClassesAreRefused() {
        assertThat(read(csv("1 2 2\n", ' ', false, List.of("0"), List.of(), "2", 3))
                        .answers()
                        .label(0))
                .isEqualTo(2);
        assertRefused(
                () -> read(csv("1 2 3\n1 2 1.5\n", ' ', false, List.of("0"), List.of(), "2", 3)),
                "line 1, column 2: must be a label from 0 to 2, got \"3\"",
                "line 2, column 2: must be a label from 0 to 2, got \"1.5\"");
    }

    @Test
    void columnsThatDoNotExistOrAreNamedTwiceAreRefused() {
        assertRefused(
                () -> read(csv(ROOMS, ',', true, List.of("rooms", "floor"), List.of("9"))),
                "numerical column floor must be one of [rooms, river, price, town]",
                "categorical column 9 must be");
        assertRefused(
                () -> read(csv(ROOMS, ',', true, List.of("rooms", "0", "price"), List.of())),
                "column 0 (rooms) must be named once",
                "column 2 (price) must be named once");
        assertRefused(
                () -> read(csv(ROOMS.replace("river", "rooms"), ',', true, List.of("rooms"), List.of())),
                "line 1: column rooms must appear once");
        assertRefused(
                () -> read(csv("1 2 3\n4 5\n", ' ', false, List.of("0"), List.of())), "line 2", "3 columns, got 2");
        assertRefused(() -> read(csv("a,b\n", ',', true, List.of("a"), List.of())), "at least one row");
        assertRefused(() -> read(csv(ROOMS, ',', true, List.of(), List.of())), "at least one numerical or categorical");
        assertRefused(() -> read(csv("1,\"2,3\n", ',', false, List.of("0"), List.of())), "table.csv");
    }

    @Test
    void testRowsAreDrawnByTheSplitSeedAndBothPartsKeepTheOrderOfTheFile() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 50; row++) {
            text.append(row).append(" 0 0\n");
        }
        Csv all = csv(text.toString(), ' ', false, List.of("0"), List.of());
        Csv source = new Csv(all.file(), ' ', false, all.numerical(), all.categorical(), "2", 0, 0.2, 4);
        DataSet data = CsvSource.read(source, new Iid());
        assertThat(data.test().rows()).isEqualTo(10);
        assertThat(data.train().rows()).isEqualTo(40);
        float[] train = RowFeaturizerTest.cells(data.train());
        float[] test = RowFeaturizerTest.cells(data.test());
        assertThat(train).isSorted().doesNotContain(test);
        assertThat(test).isSorted().isNotEqualTo(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    }

    @Test
    void devicesGroupedByAColumnHaveOneOfItsValuesOnly() {
        Csv source = csv("1 x 0\n2 y 0\n3 x 0\n4 x 0\n5 x 0\n", ' ', false, List.of("0"), List.of());
        RawData raw = DataLoader.load(TestFiles.settings(source, new ByColumn("1")), 3, new Seeds(1));
        FederatedData data = raw.featurized(raw.fitFeaturizer());
        assertThat(TestFiles.features(data.training(2))).containsExactly(2);
        float[] first = TestFiles.features(data.training(0));
        float[] second = TestFiles.features(data.training(1));
        assertThat(new float[] {first[0], first[1], second[0], second[1]}).containsExactlyInAnyOrder(1, 3, 4, 5);
        assertRefused(
                () -> DataLoader.load(TestFiles.settings(source, new ByColumn("1")), 1, new Seeds(1)),
                "at least the number of values of column 1 (2), got 1");
        assertRefused(
                () -> DataLoader.load(TestFiles.settings(source, new ByColumn("town")), 2, new Seeds(1)),
                "partition column town must be one of 0 to 2");
    }

    @Test
    void theShapeIsThatAfterOneHotWhateverTheSeedOfTheRun() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 60; row++) {
            text.append(row % 29).append(' ').append(row).append(" 0\n");
        }
        Csv source = csv(text.toString(), ' ', false, List.of("1"), List.of("0"));
        Features oneHot = new Features(1, true, Categories.ONE_HOT);
        DataSettings settings = new DataSettings(source, new Iid(), oneHot, 0, 0.2);
        int width = DataLoader.shape(settings).width();
        assertThat(width).as("twelve proxy rows cannot have all 29 categories").isEqualTo(30);
        for (long seed = 0; seed < 5; seed++) {
            RawData raw = DataLoader.load(settings, 4, new Seeds(seed));
            assertThat(raw.featurized(raw.fitFeaturizer()).shape().width()).isEqualTo(width);
        }
    }
}
