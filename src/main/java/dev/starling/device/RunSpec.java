package dev.starling.device;

import dev.starling.base.WireMessage;
import dev.starling.data.DataFile;
import dev.starling.data.Featurizer;
import java.util.List;

/**
 * What a node must know and agree on before it takes part in a run.
 *
 * @param run unique among the runs of a cluster; a run that was taken up again has what follows {@code ~} added, as
 *     nodes may still know it from before
 * @param software version of Starling on the coordinator's node
 * @param scenario the scenario as it runs, HOCON
 * @param files the data files behind it, with their hashes
 * @param featurizer fitted on the coordinator's proxy data; ships with the base model
 * @param store directory or URL of the store that versions are kept in; empty if they are not
 */
public record RunSpec(
        String run, String software, String scenario, List<DataFile> files, Featurizer featurizer, String store)
        implements WireMessage {

    public RunSpec {
        files = List.copyOf(files);
    }

    /** Under which name its versions are kept: the same however often it is taken up again. */
    String keptAs() {
        return lasting(run);
    }

    /** The part of a run's name that stays the same however often it is taken up again. */
    public static String lasting(String run) {
        int again = run.indexOf('~');
        return again < 0 ? run : run.substring(0, again);
    }

    /** Whether {@code before} is the run of {@code after} before that was taken up again, once or more. */
    public static boolean isEarlier(String before, String after) {
        // Longer numbers are higher; the first has none.
        return lasting(before).equals(lasting(after))
                && (before.length() != after.length() ? before.length() < after.length() : before.compareTo(after) < 0);
    }

    /** A run whose versions are not kept. */
    public RunSpec(String run, String software, String scenario, List<DataFile> files, Featurizer featurizer) {
        this(run, software, scenario, files, featurizer, "");
    }
}
