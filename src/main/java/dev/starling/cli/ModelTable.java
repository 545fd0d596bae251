package dev.starling.cli;

import dev.starling.model.Architecture;
import dev.starling.model.LayerRow;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The layers of a model as {@code validate -v} shows them: shapes, parameters, arithmetic, bytes. */
final class ModelTable {

    private static final String REORDER = "reorder";

    private ModelTable() {}

    static void print(Architecture model, PrintStream out) {
        print(out, "layer", "type", "output", "parameters", "FLOP/example", "bytes", "");
        for (LayerRow row : model.table()) {
            // Only moves values about, and nobody has written it.
            if (!row.kind().equals(REORDER)) {
                print(
                        out,
                        row.index(),
                        row.kind(),
                        shape(row.shape()),
                        Figures.count(row.parameters()),
                        flops(row.forwardFlops()),
                        Figures.bytes((double) row.bytes()),
                        row.trainable() ? "" : "frozen");
            }
        }
        print(
                out,
                "total",
                "",
                "",
                Figures.count(model.layout().count()),
                flops(model.forwardFlopsPerExample()),
                Figures.bytes((double) model.layout().bytes()),
                flops(model.flopsPerExample()) + " FLOP/example to train");
    }

    private static void print(PrintStream out, Object... cells) {
        out.println(String.format(Locale.ROOT, "  %5s  %-14s %-12s %12s %14s %10s  %s", cells)
                .stripTrailing());
    }

    private static String shape(List<Integer> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining("×"));
    }

    private static String flops(double flops) {
        return Figures.count(Math.round(flops));
    }
}
