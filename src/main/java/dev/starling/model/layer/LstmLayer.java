package dev.starling.model.layer;

import dev.starling.model.kernel.Kernels;
import java.util.Arrays;

/** Gates i, f, g, o in this order: c' = f c + i g, h' = o tanh(c'). */
final class LstmLayer extends RecurrentLayer {

    private float[] gates = new float[0];
    private float[] cells = new float[0];
    private float[] carried = new float[0];

    LstmLayer(Plan plan, Kernels kernels, int offset) {
        super(plan, 4, kernels, offset);
    }

    @Override
    void reserveCell(int places, int examples) {
        gates = new float[places * rows];
        cells = new float[(places + examples) * units];
        carried = new float[examples * units];
    }

    @Override
    void beginCell(int examples) {
        Arrays.fill(cells, 0, examples * units, 0f);
        Arrays.fill(carried, 0f);
    }

    @Override
    void forwardCell(int place, int examples) {
        for (int e = 0; e < examples; e++) {
            for (int j = 0; j < units; j++) {
                int at = e * rows + j;
                float in = FloatMath.sigmoid(sum(at, j));
                float forget = FloatMath.sigmoid(sum(at + units, j + units));
                float fresh = FloatMath.tanh(sum(at + 2 * units, j + 2 * units));
                float out = FloatMath.sigmoid(sum(at + 3 * units, j + 3 * units));
                int kept = (place + e) * rows + j;
                gates[kept] = in;
                gates[kept + units] = forget;
                gates[kept + 2 * units] = fresh;
                gates[kept + 3 * units] = out;
                int before = (place + e) * units + j;
                float cell = forget * cells[before] + in * fresh;
                cells[before + examples * units] = cell;
                state[e * units + j] = out * FloatMath.tanh(cell);
            }
        }
    }

    private float sum(int at, int row) {
        return input[at] + inputBias[row] + recurrent[at] + stateBias[row];
    }

    @Override
    void backwardCell(int place, int examples) {
        for (int e = 0; e < examples; e++) {
            for (int j = 0; j < units; j++) {
                int kept = (place + e) * rows + j;
                float in = gates[kept];
                float forget = gates[kept + units];
                float fresh = gates[kept + 2 * units];
                float out = gates[kept + 3 * units];
                int before = (place + e) * units + j;
                float squashed = FloatMath.tanh(cells[before + examples * units]);
                float stateSlope = gradient[e * units + j];
                float cellSlope = carried[e * units + j] + stateSlope * out * (1 - squashed * squashed);
                int at = e * rows + j;
                input[at] = cellSlope * fresh * in * (1 - in);
                input[at + units] = cellSlope * cells[before] * forget * (1 - forget);
                input[at + 2 * units] = cellSlope * in * (1 - fresh * fresh);
                input[at + 3 * units] = stateSlope * squashed * out * (1 - out);
                carried[e * units + j] = cellSlope * forget;
                gradient[e * units + j] = 0f;
            }
        }
        System.arraycopy(input, 0, recurrent, 0, examples * rows);
    }
}
