package dev.starling.cli.models;

import dev.starling.cli.ReplayerSource;
import dev.starling.store.VersionRecord;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which version, and which file to make of it: what commands take that write one. */
public final class VersionToFile {

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(index = "1", paramLabel = "V", description = "The version.")
    private String version = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The file to write, with the ending of the examples below.")
    private Path out = Path.of("");

    @Option(names = "--force", description = "Replaces what is there.")
    private boolean force;

    /** What was given as STORE. */
    String place() {
        return store.place();
    }

    /** Opens the store. */
    OpenStore open(ReplayerSource replayers) {
        return store.open(replayers);
    }

    /** The version in it. */
    VersionRecord find(OpenStore open) {
        return VersionReference.find(open, version);
    }

    /** Where to write; InputException, before any work is done, if that must not be or has another ending. */
    Path out(String ending) {
        NewFile.require(out, ending, force);
        return out;
    }

    /** The same for a file that goes with it. */
    Path beside(String name) {
        Path file = out.resolveSibling(name);
        NewFile.require(file, force);
        return file;
    }
}
