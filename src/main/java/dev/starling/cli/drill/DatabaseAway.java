package dev.starling.cli.drill;

import dev.starling.base.InputException;
import dev.starling.cli.processes.Performer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The database that versions are kept in cannot be reached for a while. */
final class DatabaseAway implements Drill {

    private static final Pattern URL = Pattern.compile("jdbc:postgresql://([^:/]+):(\\d+)/(.*)");

    @Override
    public String name() {
        return "database-away";
    }

    @Override
    public String what() {
        return "Cuts a run off from the database that it keeps versions in, for --pause seconds. Needs --store "
                + "jdbc:postgresql://HOST:PORT/DATABASE?user=….";
    }

    @Override
    public void require(DrillSettings settings) {
        server(settings);
    }

    private static Matcher server(DrillSettings settings) {
        Matcher url = URL.matcher(settings.store().orElse(""));
        if (!url.matches()) {
            throw new InputException(
                    "--store",
                    "must be jdbc:postgresql://HOST:PORT/DATABASE?user=… for this drill, got "
                            + settings.store().orElse("none"));
        }
        return url;
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        Matcher url = server(stage.settings());
        Relay relay = new Relay(new InetSocketAddress(url.group(1), Integer.parseInt(url.group(2))));
        stage.atTheEnd(() -> {
            try {
                relay.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        String near = "jdbc:postgresql://127.0.0.1:" + relay.port() + "/" + url.group(3);
        Performer run = stage.run(
                "--nodes", "2", "--threads", "1", "--set", "store.policy=delta", "--set", "store.url=" + near);
        stage.awaitRounds(run, 3);
        relay.cut();
        stage.say("the database cannot be reached");
        run.awaitPrinted("store away for ");
        stage.say("the run says: " + run.lastLine("store away for "));
        stage.pause();
        stage.say("the run says: " + run.lastLine("store away for "));
        relay.mend();
        stage.say("the database can be reached again");
        run.awaitSuccess();
    }
}
