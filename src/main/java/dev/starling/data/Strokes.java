package dev.starling.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The skeletons of the ten digits: polylines in a unit square, x to the right, y down. Some digits are written in more
 * than one way, as people do.
 */
final class Strokes {

    /** A polyline. */
    record Stroke(List<Point> points) {
        Stroke {
            points = List.copyOf(points);
        }
    }

    record Point(double x, double y) {}

    private static final List<List<List<Stroke>>> WAYS = List.of(
            List.of(List.of(arc(0.5, 0.5, 0.27, 0.42, 0, 360))),
            List.of(
                    List.of(line(0.5, 0.08, 0.5, 0.92)),
                    List.of(line(0.32, 0.28, 0.54, 0.08, 0.54, 0.92)),
                    List.of(line(0.32, 0.28, 0.52, 0.08, 0.52, 0.92), line(0.3, 0.92, 0.74, 0.92))),
            List.of(
                    List.of(arc(0.5, 0.32, 0.25, 0.24, 190, 400), line(0.69, 0.47, 0.24, 0.92, 0.78, 0.92)),
                    List.of(
                            arc(0.48, 0.3, 0.24, 0.22, 180, 410),
                            line(0.63, 0.47, 0.3, 0.8),
                            arc(0.34, 0.84, 0.1, 0.07, 0, 360),
                            line(0.42, 0.87, 0.6, 0.93, 0.8, 0.85))),
            List.of(
                    List.of(arc(0.46, 0.29, 0.24, 0.21, 200, 450), arc(0.46, 0.71, 0.27, 0.22, 270, 520)),
                    List.of(line(0.24, 0.1, 0.7, 0.1, 0.46, 0.42), arc(0.46, 0.67, 0.26, 0.25, 270, 510))),
            List.of(
                    List.of(line(0.66, 0.92, 0.66, 0.08, 0.2, 0.64, 0.84, 0.64)),
                    List.of(line(0.26, 0.08, 0.24, 0.5, 0.76, 0.5), line(0.72, 0.1, 0.68, 0.92))),
            List.of(
                    List.of(line(0.74, 0.09, 0.32, 0.09, 0.28, 0.46), arc(0.46, 0.66, 0.28, 0.26, 230, 510)),
                    List.of(line(0.76, 0.1, 0.34, 0.1, 0.3, 0.5, 0.55, 0.44), arc(0.5, 0.68, 0.24, 0.24, 285, 500))),
            List.of(List.of(line(0.66, 0.08, 0.44, 0.24, 0.3, 0.46, 0.26, 0.68), arc(0.5, 0.69, 0.24, 0.23, 0, 360))),
            List.of(
                    List.of(line(0.22, 0.1, 0.78, 0.1, 0.42, 0.92)),
                    List.of(line(0.22, 0.12, 0.78, 0.1, 0.44, 0.92), line(0.36, 0.5, 0.74, 0.5))),
            List.of(List.of(arc(0.5, 0.29, 0.2, 0.2, 0, 360), arc(0.5, 0.71, 0.25, 0.22, 0, 360))),
            List.of(
                    List.of(arc(0.48, 0.31, 0.23, 0.22, 0, 360), line(0.71, 0.31, 0.7, 0.6, 0.58, 0.92)),
                    List.of(arc(0.48, 0.31, 0.23, 0.22, 0, 360), line(0.71, 0.31, 0.7, 0.92))));

    private Strokes() {}

    /** The ways in which {@code digit} is written. */
    static List<List<Stroke>> ways(int digit) {
        return WAYS.get(digit);
    }

    private static Stroke line(double... xy) {
        return new Stroke(IntStream.range(0, xy.length / 2)
                .mapToObj(i -> new Point(xy[2 * i], xy[2 * i + 1]))
                .toList());
    }

    /** Part of an ellipse; degrees from the right, over the bottom (y is down), to the left. */
    private static Stroke arc(double x, double y, double radiusX, double radiusY, int fromDegrees, int toDegrees) {
        int parts = Math.max(4, (toDegrees - fromDegrees) / 24);
        return new Stroke(IntStream.rangeClosed(0, parts)
                .mapToObj(i -> {
                    double angle = StrictMath.toRadians(fromDegrees + (toDegrees - fromDegrees) * (double) i / parts);
                    return new Point(x + radiusX * StrictMath.cos(angle), y + radiusY * StrictMath.sin(angle));
                })
                .toList());
    }
}
