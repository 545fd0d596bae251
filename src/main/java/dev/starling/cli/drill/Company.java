package dev.starling.cli.drill;

import dev.starling.cli.processes.Performer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The nodes of a cluster that serve run after run: some work, some stand by too. */
final class Company {

    private final Stage stage;
    private final List<Performer> workers = new ArrayList<>();
    private final List<Performer> standBys = new ArrayList<>();
    private int started;

    Company(Stage stage) {
        this.stage = stage;
    }

    List<Performer> workers() {
        return List.copyOf(workers);
    }

    List<Performer> standBys() {
        return List.copyOf(standBys);
    }

    private List<Performer> all() {
        return Stream.concat(workers.stream(), standBys.stream()).toList();
    }

    /** Has as many nodes as asked for: some leave, or more join. Returns when all are members. */
    void be(int workersWanted, int standBysWanted) throws IOException, InterruptedException {
        shrink(standBys, standBysWanted);
        shrink(workers, workersWanted);
        grow(workersWanted, standBysWanted);
        for (Performer node : all()) {
            node.awaitPrinted("joined the cluster");
        }
    }

    /** Starts nodes until there are at least so many; they join by and by. One that stands by comes first. */
    void grow(int workersWanted, int standBysWanted) throws IOException, InterruptedException {
        while (standBys.size() < standBysWanted) {
            start(standBys, "standby", "--standby");
        }
        while (workers.size() < workersWanted) {
            start(workers, "worker");
        }
    }

    private void start(List<Performer> others, String kind, String... options)
            throws IOException, InterruptedException {
        started++;
        Performer node = stage.startNode(kind + "-" + started, List.of(), List.of(cluster(options)));
        if (all().isEmpty()) {
            Stage.address(node); // It founds the cluster; the others need to know where.
        }
        others.add(node);
    }

    private void shrink(List<Performer> nodes, int wanted) throws IOException, InterruptedException {
        while (nodes.size() > wanted) {
            Performer node = nodes.remove(nodes.size() - 1);
            node.terminate();
            node.awaitEnd();
            stage.dismiss(node);
        }
    }

    /** {@code options}, and those that lead to this cluster. */
    String[] cluster(String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(options));
        for (Performer node : all()) {
            words.addAll(List.of("--seed-node", Stage.address(node)));
        }
        return words.toArray(String[]::new);
    }

    /** Kills one of them: it is none of them any more. */
    void kill(Performer node) throws InterruptedException {
        node.kill();
        workers.remove(node);
        standBys.remove(node);
        stage.dismiss(node);
    }

    /** Throws ProcessFailure if one of them has ended by itself. */
    void requireAlive() throws IOException {
        for (Performer node : all()) {
            node.requireAlive();
        }
    }

    /** Ends all of them: others would be started. */
    void disband() {
        all().forEach(stage::dismiss);
        workers.clear();
        standBys.clear();
    }
}
