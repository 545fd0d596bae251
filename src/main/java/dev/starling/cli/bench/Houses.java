package dev.starling.cli.bench;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.data.DataLoader;
import dev.starling.data.DataSettings;
import dev.starling.data.FederatedData;
import dev.starling.data.RawData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The 506 rows of Boston Housing, or as many generated ones with columns like theirs where the file is not at hand: half
 * for the base, half for the devices.
 *
 * @param real whether they are the houses of the data set
 */
record Houses(FederatedData data, boolean real) {

    private static final int ROWS = 506;
    private static final List<String> NUMBERS = List.of("0", "1", "2", "4", "5", "6", "7", "9", "10", "11", "12");
    private static final List<String> CODES = List.of("3", "8");

    /** @param scratch where generated rows are written, if need be */
    static Houses load(Path scratch) throws IOException {
        Seeds seeds = new Seeds(1);
        String root = System.getenv("STARLING_DATA");
        Path known = Path.of(root == null ? "data" : root, "housing", "housing.csv");
        boolean real = Files.isReadable(known);
        Path file = real ? known : generated(scratch.resolve("houses.csv"), seeds.of(Purpose.GENERATE_DATA));
        DataSettings settings = new DataSettings(
                new DataSettings.Csv(file.toAbsolutePath(), ' ', false, NUMBERS, CODES, "13", 0, 0, 1),
                new DataSettings.Iid(),
                new DataSettings.Features(1, true, DataSettings.Categories.INDEX),
                0,
                0.5);
        RawData raw = DataLoader.load(settings, 1, seeds);
        return new Houses(raw.featurized(raw.fitFeaturizer()), real);
    }

    /** Prices follow from the columns, with noise; column 3 has two codes and column 8 nine, as theirs have. */
    private static Path generated(Path file, Rng rng) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            List<String> cells = new ArrayList<>();
            double price = 22;
            for (int column = 0; column < 13; column++) {
                double value = rng.nextGaussian();
                price += (column % 2 == 0 ? 1.5 : -1.5) * value;
                switch (column) {
                    case 3 -> cells.add(String.valueOf(row % 2));
                    case 8 -> cells.add(String.valueOf(1 + row % 9));
                    default -> cells.add(String.format(Locale.ROOT, "%.4f", 10 + 3 * value));
                }
            }
            cells.add(String.format(Locale.ROOT, "%.2f", price));
            lines.add(String.join(" ", cells));
        }
        return Files.write(file, lines);
    }
}
