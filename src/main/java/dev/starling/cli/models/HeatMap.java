package dev.starling.cli.models;

import dev.starling.cli.models.Canvas.Anchor;
import dev.starling.cli.models.Canvas.Style;
import java.util.Locale;

/** A {@link TransferMatrix} as a picture: a row a model, a column a device's data, darker is better. */
final class HeatMap {

    private static final int INK = 0x22303C;
    private static final int FAINT = 0x6B7885;
    private static final int WHITE = 0xFFFFFF;

    /** From worst to best. */
    private static final int[] COLOURS = {0xFBF1DA, 0xDCE6C3, 0xA3CFB6, 0x5FACA8, 0x2B7F90, 0x135270, 0x0B2A4A};

    private static final int LEFT = 92;
    private static final int TOP = 128;
    private static final int RIGHT = 118;
    private static final int BOTTOM = 76;
    private static final int BASE_GAP = 10;
    private static final double VALUES_FROM = 32;

    private final TransferMatrix matrix;
    private final Clustering clusters;
    private final String run;
    private final double cell;
    private final double least;
    private final double most;

    /** @param clusters of the matrix in its own order */
    HeatMap(TransferMatrix matrix, Clustering clusters, String run) {
        this.matrix = matrix;
        this.clusters = clusters;
        this.run = run;
        this.cell = Math.max(9, Math.min(46, 640.0 / matrix.size()));
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < matrix.size(); j++) {
            for (int i = -1; i < matrix.size(); i++) {
                double figure = figure(i, j);
                if (Double.isFinite(figure)) {
                    low = Math.min(low, figure);
                    high = Math.max(high, figure);
                }
            }
        }
        this.least = Double.isFinite(low) ? low : 0;
        this.most = high > low ? high : least + 1;
    }

    private double side() {
        return cell * matrix.size();
    }

    int width() {
        return (int) Math.ceil(LEFT + Math.max(side(), 420) + RIGHT);
    }

    int height() {
        return (int) Math.ceil(TOP + side() + BASE_GAP + cell + BOTTOM);
    }

    void draw(Canvas canvas) {
        title(canvas);
        axes(canvas);
        for (int j = 0; j < matrix.size(); j++) {
            for (int i = -1; i < matrix.size(); i++) {
                cell(canvas, i, j);
            }
        }
        separators(canvas);
        scale(canvas);
        legend(canvas);
    }

    private void title(Canvas canvas) {
        String figure = matrix.isAccuracy() ? "accuracy" : "RMSE";
        canvas.text(24, 32, Style.of(20, Anchor.START, INK).inBold(), "Whose model works where?");
        canvas.text(
                24,
                57,
                Style.of(12.5, Anchor.START, FAINT),
                run + ": " + figure + " of each device's model on the held-out data of each other");
    }

    private void axes(Canvas canvas) {
        Style small = Style.of(Math.min(12, cell * 0.62), Anchor.MIDDLE, INK);
        canvas.text(LEFT + side() / 2, TOP - 44, Style.of(12.5, Anchor.MIDDLE, FAINT), "held-out data of device");
        canvas.text(30, TOP + side() / 2, Style.of(12.5, Anchor.MIDDLE, FAINT).upwards(), "model of device");
        for (int i = 0; i < matrix.size(); i++) {
            String name = String.valueOf(matrix.device(i));
            double middle = (i + 0.5) * cell;
            boolean wide = name.length() * small.size() * 0.6 > cell - 4;
            canvas.text(
                    LEFT + middle,
                    TOP - (wide ? 8 : 14),
                    wide ? new Style(small.size(), Anchor.START, false, true, INK) : small,
                    name);
            canvas.text(LEFT - 10, TOP + middle, Style.of(small.size(), Anchor.END, INK), name);
        }
        canvas.text(
                LEFT - 10,
                row(-1) + cell / 2,
                Style.of(small.size(), Anchor.END, INK).inBold(),
                "base");
    }

    /** Of the base if {@code model} is -1. */
    private double figure(int model, int data) {
        return model < 0 ? matrix.base(data) : matrix.figure(model, data);
    }

    private double row(int model) {
        return TOP + (model < 0 ? side() + BASE_GAP : model * cell);
    }

    private void cell(Canvas canvas, int model, int data) {
        double x = LEFT + data * cell;
        double y = row(model);
        double figure = figure(model, data);
        boolean feasible = model < 0 ? matrix.baseFeasible(data) : matrix.feasible(model, data);
        int colour = Double.isFinite(figure) ? colour(quality(figure)) : 0xD9D9D9;
        int ink = quality(figure) > 0.5 ? WHITE : INK;
        canvas.rectangle(x + 0.5, y + 0.5, cell - 1, cell - 1, colour);
        if (cell >= VALUES_FROM) {
            double middle = y + cell / 2 - (feasible ? 3 : 0);
            canvas.text(x + cell / 2, middle, Style.of(11, Anchor.MIDDLE, ink), number(figure));
        }
        if (feasible) {
            boolean text = cell >= VALUES_FROM;
            canvas.circle(x + cell / 2, y + (text ? cell - 9 : cell / 2), text ? 2.2 : cell / 7, ink);
        }
        if (model == data) {
            canvas.frame(x + 1.5, y + 1.5, cell - 3, cell - 3, 1.5, 0xE4572E);
        }
    }

    private void separators(Canvas canvas) {
        for (int start : clusters.starts()) {
            if (start > 0) {
                canvas.rectangle(LEFT + start * cell - 1.5, TOP - 6, 3, side() + 12, INK);
                canvas.rectangle(LEFT - 6, TOP + start * cell - 1.5, side() + 12, 3, INK);
            }
        }
    }

    private void scale(Canvas canvas) {
        double x = LEFT + side() + 28;
        double height = Math.max(120, side());
        int steps = 100;
        for (int i = 0; i < steps; i++) {
            double quality = 1 - (i + 0.5) / steps;
            canvas.rectangle(x, TOP + i * height / steps, 16, height / steps + 0.6, colour(quality));
        }
        for (int tick = 0; tick <= 4; tick++) {
            double quality = 1 - tick / 4.0;
            double value = matrix.isAccuracy() ? least + quality * (most - least) : most - quality * (most - least);
            double y = TOP + tick * height / 4;
            canvas.rectangle(x + 16, y - 0.5, 5, 1, FAINT);
            canvas.text(x + 25, y, Style.of(11, Anchor.START, INK), number(value));
        }
        String head = matrix.isAccuracy() ? "accuracy" : "RMSE";
        canvas.text(x, TOP - 17, Style.of(11.5, Anchor.START, FAINT), head);
    }

    private void legend(Canvas canvas) {
        double y = row(-1) + cell + 28;
        Style style = Style.of(11.5, Anchor.START, FAINT);
        canvas.frame(25, y - 6, 11, 11, 1.5, 0xE4572E);
        canvas.text(44, y, style, "a device's own model");
        canvas.circle(196, y, 2.6, INK);
        canvas.text(206, y, style, "feasible: within " + Math.round(100 * matrix.tolerance()) + " % of the own model");
        if (clusters.clusters() > 1) {
            canvas.rectangle(25, y + 18, 12, 3, INK);
            canvas.text(
                    44, y + 20, style, clusters.clusters() + " clusters of devices (average linkage on what is lost)");
        }
    }

    /** 0 worst, 1 best. */
    private double quality(double figure) {
        double share = (figure - least) / (most - least);
        return matrix.isAccuracy() ? share : 1 - share;
    }

    private static int colour(double quality) {
        double place = Math.max(0, Math.min(1, quality)) * (COLOURS.length - 1);
        int below = Math.min((int) place, COLOURS.length - 2);
        double share = place - below;
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = (COLOURS[below] >> shift) & 0xFF;
            int to = (COLOURS[below + 1] >> shift) & 0xFF;
            mixed |= (int) Math.round(from + share * (to - from)) << shift;
        }
        return mixed;
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, Math.abs(value) < 9.995 ? "%.2f" : "%.1f", value);
    }
}
