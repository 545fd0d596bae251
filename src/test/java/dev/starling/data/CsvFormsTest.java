package dev.starling.data;

import static dev.starling.data.TestFiles.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.InputException;
import dev.starling.data.DataSettings.Csv;
import dev.starling.data.DataSettings.Iid;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as spreadsheets, pandas and R write them. */
class CsvFormsTest {

    @TempDir
    Path directory;

    private Csv table(String text, Charset charset, char delimiter, char decimal, String target, int classes) {
        Path file = TestFiles.write(directory.resolve("t.csv"), text.getBytes(charset));
        return new Csv(
                file,
                delimiter,
                decimal,
                true,
                List.of("a"),
                List.of(),
                target,
                classes,
                List.of(),
                0,
                1,
                MissingValues.REFUSED);
    }

    private Csv table(String text) {
        return table(text, StandardCharsets.UTF_8, ',', '.', "t", 0);
    }

    private static float[] inputs(Csv source) {
        return RowFeaturizerTest.cells(CsvSource.read(source, new Iid()).train());
    }

    private static void assertBothRowsRead(Csv source) {
        DataSet data = CsvSource.read(source, new Iid());
        assertThat(RowFeaturizerTest.cells(data.train())).containsExactly(1.5f, -2);
        assertThat(data.train().answers().target(1)).isEqualTo(4);
    }

    @Test
    void whatSpreadsheetsAndPandasWriteIsRead() {
        assertBothRowsRead(table("a,t\n1.5,3\n-2,4\n"));
        assertBothRowsRead(table("\uFEFFa,t\n1.5,3\n-2,4\n"));
        assertBothRowsRead(table("a,t\r\n1.5,3\r\n-2,4\r\n\r\n  \r\n,\r\n"));
        assertBothRowsRead(table(",a,t\n0,1.5,3\n1,-2,4\n"));
        assertBothRowsRead(table("\"a\",\"t\"\n\"1.5\",\"3\"\n\"-2\",\"4\""));
        assertBothRowsRead(table("a,t,,\n1.5,3,,\n-2,4,,\n"));
        assertBothRowsRead(table("a;t\n1,5;3,0\n-2;4,\n", StandardCharsets.UTF_8, ';', ',', "t", 0));
        assertBothRowsRead(table("a\tt\n1.5\t3\n-2\t4e0\n", StandardCharsets.UTF_8, '\t', '.', "t", 0));
        assertBothRowsRead(table("a,t\n\"1,5\",3\n-2,4\n", StandardCharsets.UTF_8, ',', ',', "t", 0));
        assertThat(inputs(table("a,t\nTrue,3\nFALSE,4\n"))).containsExactly(1, 0);
    }

    @Test
    void columnsOfOneNameAreRefusedOnlyWhereTheyAreNamed() {
        assertBothRowsRead(table("b,a,b,t\n9,1.5,9,3\n9,-2,9,4\n"));
        assertRefused(
                () -> inputs(table("a,a,t\n1,2,3\n")),
                "t.csv: line 1: column a must appear once, is at [0, 1]",
                "index");
    }

    @Test
    void otherEncodingsAreRefusedByName() {
        String text = "a,t\n1.5,3\n";
        assertRefused(
                () -> inputs(table("\uFEFF" + text, StandardCharsets.UTF_16LE, ',', '.', "t", 0)),
                "t.csv: must be text in UTF-8, is UTF-16",
                "iconv -f UTF-16 -t UTF-8");
        assertRefused(() -> inputs(table(text, StandardCharsets.UTF_16, ',', '.', "t", 0)), "is UTF-16:");
        assertRefused(() -> inputs(table(text, StandardCharsets.UTF_16BE, ',', '.', "t", 0)), "iconv -f UTF-16BE");
        assertRefused(() -> inputs(table(text, StandardCharsets.UTF_16LE, ',', '.', "t", 0)), "iconv -f UTF-16LE");
        assertRefused(() -> inputs(table("\uFEFF" + text, Charset.forName("UTF-32LE"), ',', '.', "t", 0)), "is UTF-32");
        // Two towns that would become one: K?ln.
        assertRefused(
                () -> inputs(table("a,t,town\n1,2,K\u00f6ln\n", StandardCharsets.ISO_8859_1, ',', '.', "t", 0)),
                "t.csv: line 2: must be text in UTF-8",
                "WINDOWS-1252");
    }

    @Test
    void cellsThatArePeoplesNumbersSayWhatToDo() {
        assertRefused(() -> inputs(table("a,t\n\"5,25\",3\n")), "got \"5,25\"", "data.source.decimal = \",\"");
        assertRefused(() -> inputs(table("a,t\n\"1,234,567.5\",3\n")), "thousands must not be separated");
        assertRefused(() -> inputs(table("a,t\n12.5%,3\n")), "a percentage");
        assertRefused(() -> inputs(table("a,t\n2024-02-29,3\n")), "a date or time");
        assertRefused(() -> inputs(table("a,t\n29.02.2024 12:00,3\n")), "a date or time");
        assertRefused(() -> inputs(table("a,t\nNA,3\n")), "data.source.missing.numerical");
        assertRefused(() -> inputs(table("a,t\n1,\n")), "data.source.missing.target");
        assertRefused(() -> inputs(table("a,t\n1,yes\n")), "data.source.target-classes");
        assertRefused(
                () -> inputs(table("a;t\n1.5;3\n", StandardCharsets.UTF_8, ';', ',', "t", 0)),
                "decimals follow a comma");
    }

    @Test
    void aWrongDelimiterOrAHeaderWithoutRowNamesIsGuessed() {
        assertRefused(() -> inputs(table("a;t\n1,5;3\n")), "separated by \";\": set data.source.delimiter");
        assertRefused(() -> inputs(table("a\tt\n1\t3\n")), "separated by \"\\t\"");
        assertRefused(() -> inputs(table("a,t\nrow1,1,3\n")), "line 2: must have 2 columns, got 3", "give it one");
        assertRefused(() -> inputs(table("a,t\n")), "at least one row");
        assertRefused(() -> inputs(table("")), "at least one row");
    }

    @Test
    void noBytesAtAllEndInAnythingButARefusal() {
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int k = 0; k < bytes.length; k++) {
                String likely = "a,t\n\r\";1.e-\u0000\ufeff";
                byte[] some = likely.getBytes(StandardCharsets.UTF_8);
                bytes[k] = random.nextInt(4) == 0 ? (byte) random.nextInt() : some[random.nextInt(some.length)];
            }
            Path file = TestFiles.write(directory.resolve("t.csv"), bytes);
            Csv source = new Csv(file, ',', random.nextBoolean(), List.of("0"), List.of(), "1", 0, 0, 1);
            try {
                CsvSource.read(source, new Iid());
            } catch (InputException refusal) {
                assertThat(refusal.getMessage()).contains("t.csv");
            }
        }
    }
}
