package dev.starling.cli.models;

import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.Figures;
import dev.starling.cli.ReplayerSource;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorSpec;
import dev.starling.store.ModelTree;
import dev.starling.store.ReplayNeededException;
import dev.starling.store.VersionRecord;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code starling models show}: all about one version. */
@Command(
        name = "show",
        description = "Shows a version: what it was made from and how, and its tensors.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  starling models show runs/housing-1 42@17",
            "  starling models show runs/housing-1 42         the latest of device 42",
            "  starling models show runs/housing-1 9f31c2     by the first digits of its root"
        })
final class ShowCommand implements Callable<Integer> {

    private final ReplayerSource replayers;
    private final Console console;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(index = "1", paramLabel = "V", description = "The version.")
    private String version = "";

    ShowCommand(ReplayerSource replayers, Console console) {
        this.replayers = replayers;
        this.console = console;
    }

    @Override
    public Integer call() {
        try (OpenStore open = store.open(replayers)) {
            VersionRecord record = VersionReference.find(open, version);
            List<VersionRecord> line = Lineage.of(open, record);
            PrintStream out = console.out();
            out.println(record.key() + " of run " + open.run());
            out.println("root " + record.root());
            out.println("a recovery reads " + Figures.bytes(Lineage.recoveryBytes(line)) + " of " + (record.chain() + 1)
                    + (record.chain() == 0 ? " version" : " versions"));
            out.println();
            Lineage.tree(
                            line,
                            console.terminal().rewritable()
                                    && console.terminal().unicode())
                    .forEach(out::println);
            record.pipeline().ifPresent(root -> {
                out.println();
                out.println("pipeline " + root);
                open.store()
                        .pipeline(root)
                        .ifPresent(pipeline -> pipeline.toString().lines().forEach(entry -> out.println("  " + entry)));
            });
            out.println();
            tensors(open, record, out);
            out.flush();
        }
        return ExitCode.OK;
    }

    private static void tensors(OpenStore open, VersionRecord record, PrintStream out) {
        Snapshot model;
        try {
            model = open.recover(record);
        } catch (ReplayNeededException e) {
            out.println("tensors are not shown: " + e.getMessage());
            return;
        }
        Map<String, String> hashes = ModelTree.of(model).tensorHashes();
        TextTable table = new TextTable("tensor", "shape", ">values", "hash");
        for (TensorSpec tensor : model.layout().tensors()) {
            table.row(
                    tensor.name() + (tensor.personal() ? " (personal)" : tensor.trainable() ? "" : " (not trained)"),
                    shape(tensor.shape()),
                    Figures.count(tensor.count()),
                    hashes.getOrDefault(tensor.name(), "").substring(0, VersionTable.ROOT_DIGITS));
        }
        table.print(out);
        out.println(Figures.count(model.layout().count()) + " values, verified against the root");
    }

    static String shape(List<Integer> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}
