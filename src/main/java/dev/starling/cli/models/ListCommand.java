package dev.starling.cli.models;

import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.Figures;
import dev.starling.cli.ReplayerSource;
import dev.starling.metrics.JsonFile;
import dev.starling.store.VersionRecord;
import dev.starling.store.sql.VersionPage;
import dev.starling.store.sql.VersionQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code starling models list}: which versions there are. */
@Command(
        name = "list",
        description = "Lists versions, and says how many there are.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  starling models list runs/housing-1",
            "  starling models list runs/housing-1 --device 3-9 --sort loss:desc --limit 10",
            "  starling models list runs/housing-1 --age ..2h --metric accuracy=0.8.. --json",
            "  starling models list jdbc:postgresql://host/models --run housing-1 --form replay"
        })
final class ListCommand implements Callable<Integer> {

    private final ReplayerSource replayers;
    private final Console console;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private ListFilter filter = new ListFilter();

    @Option(names = "--json", description = "Prints one object instead of a table.")
    private boolean json;

    ListCommand(ReplayerSource replayers, Console console) {
        this.replayers = replayers;
        this.console = console;
    }

    @Override
    public Integer call() {
        try (OpenStore open = store.open(replayers)) {
            VersionQuery query = filter.query(open);
            VersionPage page = open.store().page(open.run(), query);
            List<VersionRecord> versions = page.versions();
            if (json) {
                Map<String, Object> answer = new LinkedHashMap<>();
                answer.put("run", open.run());
                answer.put("total", page.total());
                answer.put("versions", versions.stream().map(VersionTable::json).toList());
                console.out().print(JsonFile.text(answer));
            } else {
                if (!versions.isEmpty()) {
                    VersionTable.print(versions, console.out());
                }
                console.out()
                        .println(Figures.count(versions.size()) + " of " + Figures.count(page.total())
                                + " versions of run " + open.run());
            }
            console.out().flush();
        }
        return ExitCode.OK;
    }
}
