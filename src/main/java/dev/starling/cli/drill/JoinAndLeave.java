package dev.starling.cli.drill;

import dev.starling.cli.drill.Watched.Figures;
import dev.starling.cli.processes.Performer;
import dev.starling.cli.processes.ProcessFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Nodes come and go while a run is under way. */
final class JoinAndLeave implements Drill {

    private static final long LOOK_MILLIS = 200;

    /** So long a node that has joined works before another leaves. */
    private static final int ROUNDS_TOGETHER = 10;

    @Override
    public String name() {
        return "join-and-leave";
    }

    @Override
    public String what() {
        return "A node joins in the middle of a run on --nodes JVMs and takes a share of the devices; then the first node leaves "
                + "and hands its own over.";
    }

    @Override
    public OptionalInt nodes() {
        return OptionalInt.of(2);
    }

    /** So many that there is time to join, to be given devices every two seconds, and to leave. */
    @Override
    public OptionalInt rounds() {
        return OptionalInt.of(240);
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Watched first = Watched.node(stage, "worker-1", List.of());
        List<String> seed = List.of("--seed-node", Stage.address(first.process()));
        List<Watched> others = new ArrayList<>();
        for (int i = 2; i < stage.settings().nodes(); i++) {
            others.add(Watched.node(stage, "worker-" + i, seed));
        }
        List<String> options = new ArrayList<>(List.of("--cluster", "--threads", "1"));
        options.addAll(seed);
        Watched run = Watched.run(stage, options);
        others.add(run);
        stage.awaitRounds(run.process(), 2);
        Watched joiner = Watched.node(stage, "joiner", seed);
        others.add(joiner);
        stage.say("another node has joined");
        awaitShare(stage, run, joiner);
        leave(stage, first, others);
        run.process().awaitSuccess();
    }

    /** Waits until the joiner has devices and has trained for the run, which must not end before. */
    private static void awaitShare(Stage stage, Watched run, Watched joiner) throws IOException, InterruptedException {
        stage.patience().await("the node that has joined trains devices", LOOK_MILLIS, () -> {
            boolean ended = stage.files().ended(); // Before: a node keeps what it holds when a run is over.
            Figures share = joiner.figures();
            if (share.devices() > 0 && share.deltas() > 0) {
                return true;
            }
            if (ended) {
                throw new ProcessFailure("the run ended when the node that had joined held " + counted(share.devices())
                        + " and had trained " + share.deltas()
                        + " times: it took no share; if it had no time to, give the run more rounds, with --set");
            }
            return false;
        });
        stage.awaitRounds(run.process(), ROUNDS_TOGETHER);
        Figures share = joiner.figures();
        stage.say("the node that joined holds " + counted(share.devices()) + " and has trained " + share.deltas()
                + " times for the run");
    }

    /** Has {@code leaver} leave, and waits until {@code others} hold what it held. */
    private static void leave(Stage stage, Watched leaver, List<Watched> others)
            throws IOException, InterruptedException {
        List<Watched> everybody = new ArrayList<>(others);
        everybody.add(leaver);
        long all = settled(everybody);
        long held = leaver.figures().devices();
        if (held == 0) {
            throw new ProcessFailure("the first node holds no device that it could hand over");
        }
        stage.say("the first node holds " + counted(held) + " of " + all + " and is told to leave");
        leaver.process().terminate();
        int code = leaver.process().awaitEnd();
        if (code != Performer.TERMINATED) {
            throw new ProcessFailure("the first node did not leave but ended with exit code " + code + ": "
                    + leaver.process().lastError());
        }
        awaitLeft(stage, others);
        stage.say("the first node has left the cluster");
        stage.patience().await("the others hold all devices", LOOK_MILLIS, () -> {
            if (stage.files().ended()) {
                throw new ProcessFailure("the run ended before the others held all " + counted(all)
                        + "; if it had no time to ask them, give the run more rounds, with --set");
            }
            return Watched.devices(others) >= all;
        });
        stage.say("the others hold all " + counted(all));
    }

    /** Devices that all hold, as soon as two looks in a row agree: those that are just moving would be counted twice. */
    private static long settled(List<Watched> nodes) throws IOException {
        long before = -1;
        long now = Watched.devices(nodes);
        while (now != before) {
            before = now;
            now = Watched.devices(nodes);
        }
        return now;
    }

    /** A node that leaves is taken out of the cluster by its own word: nobody has to find out that it does not answer. */
    private static void awaitLeft(Stage stage, List<Watched> others) throws IOException, InterruptedException {
        for (Watched other : others) {
            stage.patience().await(other.process().name() + " knows that a node has left", LOOK_MILLIS, () -> {
                Figures seen = other.figures();
                if (seen.unreachable() > 0) {
                    throw new ProcessFailure("the first node ended without leaving: "
                            + other.process().name()
                            + " waits for it");
                }
                return seen.members() == others.size();
            });
        }
    }

    private static String counted(long devices) {
        return devices + (devices == 1 ? " device" : " devices");
    }
}
