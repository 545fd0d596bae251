package dev.starling.model.layer;

import dev.starling.model.kernel.Kernels;

/** Gates r, z, n in this order: n = tanh(W x + b + r (U h + c)), h' = (1 − z) n + z h. */
final class GruLayer extends RecurrentLayer {

    private float[] gates = new float[0];

    GruLayer(Plan plan, Kernels kernels, int offset) {
        super(plan, 3, kernels, offset);
    }

    @Override
    void reserveCell(int places, int examples) {
        gates = new float[places * 4 * units];
    }

    @Override
    void beginCell(int examples) {}

    @Override
    void forwardCell(int place, int examples) {
        for (int e = 0; e < examples; e++) {
            for (int j = 0; j < units; j++) {
                int at = e * rows + j;
                int update = at + units;
                int fresh = at + 2 * units;
                float r = FloatMath.sigmoid(input[at] + inputBias[j] + recurrent[at] + stateBias[j]);
                float z = FloatMath.sigmoid(
                        input[update] + inputBias[j + units] + recurrent[update] + stateBias[j + units]);
                float fromState = recurrent[fresh] + stateBias[j + 2 * units];
                float n = FloatMath.tanh(input[fresh] + inputBias[j + 2 * units] + r * fromState);
                int kept = (place + e) * 4 * units + j;
                gates[kept] = r;
                gates[kept + units] = z;
                gates[kept + 2 * units] = n;
                gates[kept + 3 * units] = fromState;
                state[e * units + j] = (1 - z) * n + z * state[e * units + j];
            }
        }
    }

    @Override
    void backwardCell(int place, int examples) {
        for (int e = 0; e < examples; e++) {
            for (int j = 0; j < units; j++) {
                int kept = (place + e) * 4 * units + j;
                float r = gates[kept];
                float z = gates[kept + units];
                float n = gates[kept + 2 * units];
                float slope = gradient[e * units + j];
                float fresh = slope * (1 - z) * (1 - n * n);
                int at = e * rows + j;
                input[at] = fresh * gates[kept + 3 * units] * r * (1 - r);
                input[at + units] = slope * (state[e * units + j] - n) * z * (1 - z);
                input[at + 2 * units] = fresh;
                recurrent[at] = input[at];
                recurrent[at + units] = input[at + units];
                recurrent[at + 2 * units] = fresh * r;
                gradient[e * units + j] = slope * z;
            }
        }
    }
}
