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
        if (source instanceof Glyphs) {
            return GlyphSource.SHAPE;
        } else if (source instanceof Synthetic synthetic) {
            return SyntheticData.shape(synthetic);
        } else if (source instanceof Keyboard keyboard) {
            return KeyboardSource.shape(keyboard);
        } else if (source instanceof DataSettings.SyntheticPool pool) {
            return SyntheticData.shape(pool.tasks());
        } else if (source instanceof Idx idx) {
            return IdxSource.shape(idx);
        } else if (source instanceof Cifar10) {
            return Cifar10Source.SHAPE;
        }
        return NpzSource.shape((DataSettings.Npz) source);
    }

    private static DataSet read(DataSettings settings, int devices, Seeds seeds) {
        Source source = settings.source();
        if (source instanceof Glyphs glyphs) {
            return GlyphSource.generate(glyphs, seeds);
        } else if (source instanceof Keyboard keyboard) {
            return KeyboardSource.generate(keyboard, devices, seeds);
        } else if (source instanceof Idx idx) {
            return IdxSource.read(idx);
        } else if (source instanceof Cifar10 cifar) {
            return Cifar10Source.read(cifar);
        } else if (source instanceof Csv csv) {
            return CsvSource.read(csv, settings.partition());
        }
        return NpzSource.read((DataSettings.Npz) source);
    }
}
