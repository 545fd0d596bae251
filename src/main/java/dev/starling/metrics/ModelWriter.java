package dev.starling.metrics;

import dev.starling.model.Snapshot;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a model to a file that other tools can read, for example an .npz. */
@FunctionalInterface
public interface ModelWriter {

    void write(Path file, Snapshot model) throws IOException;
}
