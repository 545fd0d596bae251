package dev.starling.cli.drill;

import dev.starling.cli.processes.Performer;
import dev.starling.cli.processes.ProcessFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The network between two sides of a cluster is cut, in both directions or in one. */
final class Partition implements Drill {

    private final boolean oneWay;

    /** @param oneWay whether packets still arrive at the side that is cut off */
    Partition(boolean oneWay) {
        this.oneWay = oneWay;
    }

    @Override
    public String name() {
        return oneWay ? "partition-one-way" : "partition";
    }

    @Override
    public String what() {
        return "Cuts the network between the run's own process and its nodes"
                + (oneWay ? " in one direction" : "")
                + ": one side goes on, the other ends and can join again after --pause seconds. Needs root.";
    }

    @Override
    public OptionalInt nodes() {
        return OptionalInt.of(3);
    }

    @Override
    public void require(DrillSettings settings) {
        Shell.requireRoot(name(), "network namespaces");
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Link link = Link.create();
        stage.atTheEnd(link::close);
        // The oldest node is here, and not alone if there are three.
        Performer standBy = stage.node("standby", "--standby", "--host", Link.HERE, "--insecure");
        String seed = Stage.address(standBy);
        int others = stage.settings().nodes() - 2;
        for (int i = 0; i < others - others / 2; i++) {
            stage.node("worker-" + (i + 1), "--seed-node", seed, "--host", Link.HERE, "--insecure");
        }
        List<Performer> beyond = new ArrayList<>();
        for (int i = 0; i < others / 2; i++) {
            beyond.add(stage.node(
                    "beyond-" + (i + 1), link.beyond(), "--seed-node", seed, "--host", Link.THERE, "--insecure"));
        }
        Performer run = stage.run(
                link.beyond(), "--cluster", "--seed-node", seed, "--threads", "1", "--host", Link.THERE, "--insecure");
        beyond.add(run);
        stage.awaitRounds(run, 3);
        if (oneWay) {
            link.cutOneWay();
        } else {
            link.cut();
        }
        long cut = System.nanoTime();
        stage.say("the network is cut");
        for (Performer cutOff : beyond) {
            if (cutOff.awaitEnd() == 0) {
                throw new ProcessFailure(cutOff.name() + " did not see that it was cut off");
            }
            stage.say(cutOff.name() + " has taken itself out: " + cutOff.lastError());
        }
        standBy.awaitPrinted("resumed ");
        stage.awaitRecovery("the network was cut", cut);
        stage.pause();
        link.heal();
        stage.node("again", link.beyond(), "--seed-node", seed, "--host", Link.THERE, "--insecure");
        stage.say("the network is whole, and a node on the other side has joined");
        standBy.awaitPrinted("is DONE");
    }

    /** A network namespace and the link to it. */
    private record Link(String namespace, String near, String far) {

        static final String HERE = "10.213.77.1";
        static final String THERE = "10.213.77.2";

        static Link create() throws IOException, InterruptedException {
            String id = Long.toString(ProcessHandle.current().pid(), 36);
            Link link = new Link("drill" + id, "dn" + id, "df" + id);
            Shell.run("ip", "netns", "add", link.namespace);
            Shell.run(
                    "ip", "link", "add", link.near, "type", "veth", "peer", "name", link.far, "netns", link.namespace);
            Shell.run("ip", "addr", "add", HERE + "/24", "dev", link.near);
            Shell.run("ip", "link", "set", link.near, "up");
            link.there("ip", "addr", "add", THERE + "/24", "dev", link.far);
            link.there("ip", "link", "set", "lo", "up");
            link.there("ip", "link", "set", link.far, "up");
            return link;
        }

        List<String> beyond() {
            return List.of("ip", "netns", "exec", namespace);
        }

        private void there(String... command) throws IOException, InterruptedException {
            String[] all = new String[command.length + 4];
            beyond().toArray(all);
            System.arraycopy(command, 0, all, 4, command.length);
            Shell.run(all);
        }

        void cut() throws IOException, InterruptedException {
            Shell.run("ip", "link", "set", near, "down");
        }

        /** What is sent from there is lost; what is sent from here arrives. */
        void cutOneWay() throws IOException, InterruptedException {
            there("ip", "route", "add", "blackhole", HERE + "/32");
        }

        void heal() throws IOException, InterruptedException {
            Shell.run("ip", "link", "set", near, "up");
            Shell.attempt("ip", "netns", "exec", namespace, "ip", "route", "del", "blackhole", HERE + "/32");
        }

        void close() {
            Shell.attempt("ip", "link", "del", near);
            Shell.attempt("ip", "netns", "del", namespace);
        }
    }
}
