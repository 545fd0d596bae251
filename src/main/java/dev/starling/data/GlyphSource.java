package dev.starling.data;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Glyphs;
import dev.starling.data.Strokes.Point;
import dev.starling.data.Strokes.Stroke;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Drawn digits, 28×28: a skeleton, bent, slanted, scaled and shifted at random, drawn with a random pen on a noisy
 * ground. Each image has its own stream of random numbers, so they can be drawn in any order and in parallel.
 */
final class GlyphSource {

    static final DataShape SHAPE = new DataShape(List.of(1, 28, 28), 10, true);

    private static final int SIDE = 28;
    private static final int PIXELS = SIDE * SIDE;
    private static final int CLASSES = 10;

    private GlyphSource() {}

    /** Labels come in turn, 0 to 9 and again: classes are as equal as the count allows. */
    static DataSet generate(Glyphs source, Seeds seeds) {
        Seeds own = source.dataSeed().isPresent() ? new Seeds(source.dataSeed().getAsLong()) : seeds;
        Table train = table(source.trainExamples(), source.noise(), 0, own);
        Table test = table(source.testExamples(), source.noise(), 1, own);
        return DataSet.of("glyphs", train, test, SHAPE);
    }

    private static Table table(int count, double noise, int set, Seeds seeds) {
        byte[] pixels = new byte[Math.multiplyExact(count, PIXELS)];
        int[] labels = new int[count];
        IntStream.range(0, count).parallel().forEach(i -> {
            labels[i] = i % CLASSES;
            draw(labels[i], noise, seeds.of(Purpose.GENERATE_DATA, set, i), pixels, i * PIXELS);
        });
        return Table.of(PIXELS, pixels, Answers.labels(labels));
    }

    private static void draw(int digit, double noise, Rng rng, byte[] pixels, int at) {
        List<List<Stroke>> ways = Strokes.ways(digit);
        List<Stroke> strokes = ways.get(rng.nextInt(ways.size()));
        Pose pose = Pose.random(rng);
        double pen = rng.uniform(0.7, 1.7);
        double ink = rng.uniform(0.65, 1);
        double[] darkness = new double[PIXELS];
        for (Stroke stroke : strokes) {
            Point from = pose.place(stroke.points().get(0), rng);
            for (Point next : stroke.points().subList(1, stroke.points().size())) {
                Point to = pose.place(next, rng);
                drawLine(from, to, pen, darkness);
                from = to;
            }
        }
        for (int i = 0; i < PIXELS; i++) {
            double value = ink * darkness[i] + noise * rng.uniform(-0.5, 0.5);
            pixels[at + i] = (byte) (value <= 0 ? 0 : value >= 1 ? 255 : Math.round(255 * value));
        }
    }

    /** Darkens the pixels near a line: full ink within the pen's radius, fading over one pixel. */
    private static void drawLine(Point from, Point to, double pen, double[] darkness) {
        double reach = pen + 1;
        int left = (int) Math.max(0, Math.floor(Math.min(from.x(), to.x()) - reach));
        int right = (int) Math.min(SIDE - 1, Math.ceil(Math.max(from.x(), to.x()) + reach));
        int top = (int) Math.max(0, Math.floor(Math.min(from.y(), to.y()) - reach));
        int bottom = (int) Math.min(SIDE - 1, Math.ceil(Math.max(from.y(), to.y()) + reach));
        double fromX = from.x();
        double fromY = from.y();
        double dx = to.x() - fromX;
        double dy = to.y() - fromY;
        double squared = dx * dx + dy * dy;
        for (int y = top; y <= bottom; y++) {
            double awayY = y - fromY;
            for (int x = left; x <= right; x++) {
                // The nearest point of the line, as a part of the way along it.
                double along = squared == 0 ? 0 : ((x - fromX) * dx + awayY * dy) / squared;
                double part = along <= 0 ? 0 : along >= 1 ? 1 : along;
                double offX = x - fromX - part * dx;
                double offY = awayY - part * dy;
                double value = pen + 0.5 - Math.sqrt(offX * offX + offY * offY);
                int pixel = y * SIDE + x;
                if (value > darkness[pixel]) {
                    darkness[pixel] = value < 1 ? value : 1;
                }
            }
        }
    }

    /** How a digit lies on its image: an affine map from the unit square to pixels, with a shaky hand. */
    private record Pose(double xx, double xy, double yx, double yy, double shiftX, double shiftY, double shake) {

        static Pose random(Rng rng) {
            double angle = rng.uniform(-0.25, 0.25);
            double slant = rng.uniform(-0.4, 0.4);
            double width = rng.uniform(14, 23);
            double height = rng.uniform(15, 22);
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            return new Pose(
                    width * cos,
                    height * (slant * cos - sin),
                    width * sin,
                    height * (slant * sin + cos),
                    13.5 + rng.uniform(-2.5, 2.5),
                    13.5 + rng.uniform(-2.5, 2.5),
                    0.02);
        }

        Point place(Point point, Rng rng) {
            double x = point.x() - 0.5 + shake * rng.nextGaussian();
            double y = point.y() - 0.5 + shake * rng.nextGaussian();
            return new Point(xx * x + xy * y + shiftX, yx * x + yy * y + shiftY);
        }
    }
}
