package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.Figures;
import dev.starling.cli.ReplayerSource;
import dev.starling.cli.ScenarioSource;
import dev.starling.device.DeviceHost;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code starling models transfer}: is a model that was trained here feasible there? */
@Command(
        name = "transfer",
        description = "Evaluates the models of some devices on each other's held-out data.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Needs the run's scenario.conf and its data. Writes transfer.csv, transfer.svg and transfer.png,",
            "with devices that can use each other's models side by side.",
            "",
            "Examples:",
            "  starling models transfer runs/quickstart-1",
            "  starling models transfer runs/quickstart-1 --devices 24 --tolerance 0.05 --out report"
        })
final class TransferCommand implements Callable<Integer> {

    private static final int MOST = 200;

    private final ScenarioSource scenarios;
    private final ReplayerSource replayers;
    private final Console console;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--devices", paramLabel = "N", description = "Devices of the sample. Default: 12.")
    private int devices = 12;

    @Option(
            names = "--tolerance",
            paramLabel = "SHARE",
            description = "How much worse than a device's own model is feasible there. Default: 0.1.")
    private double tolerance = 0.1;

    @Option(names = "--out", paramLabel = "DIR", description = "Where files go. Default: this directory.")
    private Path out = Path.of("");

    @Option(names = "--force", description = "Replaces files that are there.")
    private boolean force;

    TransferCommand(ScenarioSource scenarios, ReplayerSource replayers, Console console) {
        this.scenarios = scenarios;
        this.replayers = replayers;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (devices < 2 || devices > MOST) {
            throw new InputException("--devices", "must be 2 to " + MOST + ", got " + devices);
        }
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new InputException("--tolerance", "must be at least 0 and below 1, got " + tolerance);
        }
        List<Path> files =
                List.of(out.resolve("transfer.csv"), out.resolve("transfer.svg"), out.resolve("transfer.png"));
        files.forEach(file -> NewFile.require(file, force));
        try (OpenStore open = store.open(replayers);
                DeviceHost host = RunData.host(open, scenarios, store.place())) {
            TransferMatrix drawn = Transfer.measure(open, host, Transfer.sample(open, host, devices), tolerance);
            Clustering clusters = Clustering.of(drawn.distances());
            TransferMatrix matrix = drawn.ordered(clusters.order());
            HeatMap map = new HeatMap(matrix, clusters, open.run());
            SvgCanvas svg = new SvgCanvas(map.width(), map.height());
            PngCanvas png = new PngCanvas(map.width(), map.height());
            map.draw(svg);
            map.draw(png);
            NewFile.text(files.get(0), TransferText.csv(matrix));
            NewFile.text(files.get(1), svg.text());
            NewFile.bytes(files.get(2), png.bytes());
            TransferText.print(matrix, clusters, console.out());
            console.out()
                    .println("written to " + files.get(0) + ", " + files.get(1) + " and " + files.get(2) + " ("
                            + Figures.count(map.width()) + "x" + Figures.count(map.height()) + ")");
            console.out().flush();
        }
        return ExitCode.OK;
    }
}
