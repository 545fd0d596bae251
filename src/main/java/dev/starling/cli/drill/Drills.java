package dev.starling.cli.drill;

import dev.starling.base.InputException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All drills. */
final class Drills {

    static final List<Drill> ALL = List.of(
            new KillNode(),
            new KillCoordinator(),
            new KillAll(),
            new RandomKills(),
            new Nodes(),
            new PauseNode(),
            new PauseCoordinator(),
            new JoinAndLeave(),
            new Partition(false),
            new Partition(true),
            new FullDisk(),
            new FullStore(),
            new SlowDisk(),
            new BusyMachine(),
            new DatabaseAway());

    private Drills() {}

    /** Throws InputException if there is none of that name. */
    static Drill named(@Nullable String name) {
        return ALL.stream()
                .filter(drill -> drill.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        "drill", "must be one of " + names(drill -> true) + "; got " + (name == null ? "none" : name)));
    }

    /** The names of those that {@code wanted} holds for, for people. */
    static String names(Predicate<Drill> wanted) {
        return ALL.stream().filter(wanted).map(Drill::name).collect(Collectors.joining(", "));
    }
}
