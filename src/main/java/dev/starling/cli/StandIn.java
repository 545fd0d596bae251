package dev.starling.cli;

import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunListener;
import java.nio.file.Path;
import java.util.List;

/** What a process needs to go on with runs that others began. */
public interface StandIn {

    /** The run in {@code directory}, to be taken up again; InputException if this Starling cannot. */
    RunRequest request(Path directory);

    /** Who is told of that run. */
    List<RunListener> listeners(RunRequest run, RunControl control);
}
