package dev.starling.model.layer;

import dev.starling.model.LayerSpec.EmbeddedColumn;
import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Categorical columns become vectors; the other columns pass, in front of them. */
final class EmbedColumnsLayer extends BufferedLayer {

    private final List<EmbeddedColumn> columns;
    private final int[] passing;
    private final EmbeddingTable[] tables;
    private final int[] starts;
    private float[] rows = new float[0];
    private float[] outputs = new float[0];

    private EmbedColumnsLayer(Plan plan, int offset) {
        super(plan.inputs, plan.output().width());
        columns = plan.columns;
        passing = plan.passing();
        tables = new EmbeddingTable[columns.size()];
        starts = new int[columns.size()];
        int tableAt = offset;
        int start = passing.length;
        for (int i = 0; i < tables.length; i++) {
            EmbeddedColumn column = columns.get(i);
            tables[i] =
                    new EmbeddingTable("column " + column.column(), column.categories(), column.dimensions(), tableAt);
            starts[i] = start;
            tableAt += column.categories() * column.dimensions();
            start += column.dimensions();
        }
    }

    @Override
    public void reserve(int examples) {
        super.reserve(examples);
        if (rows.length < examples * inputs()) {
            rows = new float[examples * inputs()];
            outputs = new float[examples * outputs()];
        }
    }

    @Override
    public void forward(FloatMemory input, Step step) {
        int examples = step.examples();
        input.get(0, rows, examples * inputs());
        for (int e = 0; e < examples; e++) {
            for (int i = 0; i < passing.length; i++) {
                outputs[e * outputs() + i] = rows[e * inputs() + passing[i]];
            }
        }
        output().put(0, outputs, examples * outputs());
        for (int e = 0; e < examples; e++) {
            for (int i = 0; i < tables.length; i++) {
                float value = rows[e * inputs() + columns.get(i).column()];
                tables[i].look(value, step.weights(), output(), e * outputs() + starts[i]);
            }
        }
    }

    @Override
    public void backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
        int examples = step.examples();
        if (inputGradientWanted) {
            passGradient(outputGradient, examples);
        }
        if (!step.isFrozen()) {
            for (int i = 0; i < tables.length; i++) {
                tables[i].keep(step);
                for (int e = 0; e < examples; e++) {
                    float value = rows[e * inputs() + columns.get(i).column()];
                    tables[i].add(value, step, outputGradient, e * outputs() + starts[i]);
                }
            }
        }
    }

    private void passGradient(FloatMemory outputGradient, int examples) {
        FloatMemory inputGradient = roomForGradient(examples);
        inputGradient.clear();
        for (int e = 0; e < examples; e++) {
            for (int i = 0; i < passing.length; i++) {
                inputGradient.put(e * inputs() + passing[i], outputGradient.get(e * outputs() + i));
            }
        }
    }

    /** {@code columns} of {@code inputs} columns are embedded. */
    record Plan(int inputs, List<EmbeddedColumn> columns) implements LayerPlan {

        private int[] passing() {
            return IntStream.range(0, inputs)
                    .filter(i -> columns.stream().noneMatch(column -> column.column() == i))
                    .toArray();
        }

        @Override
        public String kind() {
            return "embed-columns";
        }

        @Override
        public Signal output() {
            return Signal.of(passing().length
                    + columns.stream().mapToInt(EmbeddedColumn::dimensions).sum());
        }

        @Override
        public List<TensorPlan> tensors() {
            List<TensorPlan> tensors = new ArrayList<>();
            for (EmbeddedColumn column : columns) {
                tensors.add(TensorPlan.weight(
                        "column" + column.column(),
                        List.of(column.categories(), column.dimensions()),
                        column.dimensions(),
                        column.dimensions()));
            }
            return tensors;
        }

        @Override
        public List<EmbeddedColumn> codes() {
            return columns;
        }

        @Override
        public Layer create(Kernels kernels, int offset) {
            return new EmbedColumnsLayer(this, offset);
        }
    }
}
