package dev.starling.model.layer;

import static dev.starling.model.layer.LayerPlans.require;

import dev.starling.model.LayerSpec;
import dev.starling.model.LayerSpec.EmbeddedColumn;
import java.util.ArrayList;
import java.util.List;

/** Checks of the layers for tables and sequences. */
final class SequencePlans {

    private SequencePlans() {}

    static LayerPlan of(LayerSpec spec, Signal input) {
        if (spec instanceof LayerSpec.EmbedColumns embed) {
            return columns(embed, input);
        } else if (spec instanceof LayerSpec.EmbedTokens embed) {
            require(input.shape().size() == 1, "needs a row of tokens [steps]");
            require(embed.vocabulary() >= 1, "vocabulary must be >= 1, got " + embed.vocabulary());
            require(embed.dimensions() >= 1, "dimensions must be >= 1, got " + embed.dimensions());
            return new EmbedTokensLayer.Plan(input.width(), embed.vocabulary(), embed.dimensions());
        } else if (spec instanceof LayerSpec.Gru gru) {
            return recurrent(false, gru.units(), gru.sequence(), input);
        } else if (spec instanceof LayerSpec.Lstm lstm) {
            return recurrent(true, lstm.units(), lstm.sequence(), input);
        }
        throw new IllegalArgumentException("unknown layer " + spec);
    }

    private static LayerPlan columns(LayerSpec.EmbedColumns embed, Signal input) {
        require(input.shape().size() == 1, "needs a row of columns [features]");
        List<EmbeddedColumn> columns = new ArrayList<>();
        for (EmbeddedColumn column : embed.columns()) {
            int index = column.column() < 0 ? input.width() + column.column() : column.column();
            require(
                    index >= 0 && index < input.width(),
                    "column must be 0 to " + (input.width() - 1) + " or, from the end, -1 to -" + input.width()
                            + ", got " + column.column());
            columns.add(new EmbeddedColumn(index, column.categories(), column.dimensions()));
            require(column.categories() >= 1, "categories must be >= 1, got " + column.categories());
            require(column.dimensions() >= 1, "dimensions must be >= 1, got " + column.dimensions());
        }
        long distinct = columns.stream().map(EmbeddedColumn::column).distinct().count();
        require(distinct == columns.size(), "a column can be embedded once only");
        return new EmbedColumnsLayer.Plan(input.width(), columns);
    }

    private static LayerPlan recurrent(boolean lstm, int units, boolean sequence, Signal input) {
        require(input.shape().size() == 2, "needs a sequence [steps, features]");
        require(units >= 1, "units must be >= 1, got " + units);
        return new RecurrentLayer.Plan(lstm, input.shape().get(0), input.shape().get(1), units, sequence);
    }
}
