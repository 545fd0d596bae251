package dev.starling.data;

import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Cifar10;
import dev.starling.data.DataSettings.Csv;
import dev.starling.data.DataSettings.Glyphs;
import dev.starling.data.DataSettings.Idx;
import dev.starling.data.DataSettings.Keyboard;
import dev.starling.data.DataSettings.Source;
import dev.starling.data.DataSettings.Synthetic;
import java.nio.file.Path;
import java.util.List;

/** Reads or generates the data of a scenario. */
public final class DataLoader {

    private DataLoader() {}

    /**
     * Reads all files, or prepares to generate, and splits the examples over {@code devices} devices. The same settings
     * and seeds give the same data on every node. InputException for missing or bad files and for splits that the data
     * cannot fill.
     */
    public static RawData load(DataSettings settings, int devices, Seeds seeds) {
        Source source = settings.source();
        if (source instanceof Synthetic synthetic) {
            return new SyntheticData(synthetic, settings, devices, seeds);
        } else if (source instanceof DataSettings.SyntheticPool pool) {
            return new SyntheticPool(pool, settings, devices, seeds);
        }
        List<Path> files = DataSettings.files(source);
        InputFiles.require(files);
        return new TableData(read(settings, devices, seeds), settings, devices, seeds, InputFiles.hashes(files));
    }

    /** The shape after featurization, from as little of the files as will do; InputException as {@link #load}. */
    public static DataShape shape(DataSettings settings) {
        return outline(settings).shape();
    }

    /** As {@link #shape}, with what else a scenario must fit. */
    public static DataOutline outline(DataSettings settings) {
        if (settings.source() instanceof Csv) {
            InputFiles.require(DataSettings.files(settings.source()));
            // One-hot columns widen a table. Which rows they are fitted on hangs on the table's own seed, so any other
            // will do.
            Seeds any = new Seeds(0);
            return TableData.outline(read(settings, 0, any), settings, any);
        }
        return DataOutline.of(plainShape(settings));
    }

    private static DataShape plainShape(DataSettings settings) {
        Source source = settings.source();
        InputFiles.require(DataSettings.files(source));
        if (source instanceof Idx idx) {
            return IdxSource.shape(idx, settings.answers());
        } else if (source instanceof DataSettings.Npz npz) {
            return NpzSource.shape(npz, settings);
        }
        return settings.answers().widen(told(settings));
    }

    private static DataShape told(DataSettings settings) {
        Source source = settings.source();
        if (source instanceof Glyphs) {
            return GlyphSource.SHAPE;
        } else if (source instanceof Synthetic synthetic) {
            return SyntheticData.shape(synthetic);
        } else if (source instanceof Keyboard keyboard) {
            return KeyboardSource.shape(keyboard);
        } else if (source instanceof DataSettings.SyntheticPool pool) {
            return SyntheticData.shape(pool.tasks());
        }
        return Cifar10Source.SHAPE;
    }

    /**
     * What the files may mean otherwise than they are read, each with the file's name; empty if nothing is strange. The
     * rows are not read.
     */
    public static List<String> remarks(DataSettings settings) {
        Source source = settings.source();
        InputFiles.require(DataSettings.files(source));
        if (source instanceof Idx idx) {
            return IdxSource.remarks(idx, settings.answers());
        } else if (source instanceof DataSettings.Npz npz) {
            return NpzSource.remarks(npz, settings);
        }
        return List.of();
    }

    /** Bytes that the examples take when they are read or drawn whole, before featurization: about. */
    public static long bytes(DataSettings settings, int devices) {
        Source source = settings.source();
        if (source instanceof Glyphs glyphs) {
            return GlyphSource.SHAPE.exampleBytes() / 4 * ((long) glyphs.trainExamples() + glyphs.testExamples());
        } else if (source instanceof Keyboard keyboard) {
            return keyboard.steps() * ((long) devices * keyboard.examples() + keyboard.testExamples());
        } else if (source instanceof DataSettings.SyntheticPool pool) {
            return 4L * pool.tasks().features() * pool.poolExamples();
        } else if (source instanceof DataSettings.Npz npz) {
            return NpzLayout.of(npz, settings).bytes();
        }
        return DataSettings.files(source).stream()
                .mapToLong(file -> file.toFile().length())
                .sum();
    }

    private static DataSet read(DataSettings settings, int devices, Seeds seeds) {
        return source(settings, devices, seeds).widened(settings.answers());
    }

    private static DataSet source(DataSettings settings, int devices, Seeds seeds) {
        Source source = settings.source();
        if (source instanceof Glyphs glyphs) {
            return GlyphSource.generate(glyphs, seeds);
        } else if (source instanceof Keyboard keyboard) {
            return KeyboardSource.generate(keyboard, devices, seeds);
        } else if (source instanceof Idx idx) {
            return IdxSource.read(idx, settings.answers());
        } else if (source instanceof Cifar10 cifar) {
            return Cifar10Source.read(cifar);
        } else if (source instanceof Csv csv) {
            return CsvSource.read(csv, settings.partition());
        }
        return NpzSource.read((DataSettings.Npz) source, settings);
    }
}
