package dev.starling.cli.models;

/** What a picture is drawn on. Lengths are in pixels, colours are {@code 0xRRGGBB}. */
interface Canvas {

    /** Where a text's {@code x} is. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /**
     * How a text looks.
     *
     * @param rotated whether it reads upwards
     */
    record Style(double size, Anchor anchor, boolean bold, boolean rotated, int colour) {

        static Style of(double size, Anchor anchor, int colour) {
            return new Style(size, anchor, false, false, colour);
        }

        Style inBold() {
            return new Style(size, anchor, true, rotated, colour);
        }

        Style upwards() {
            return new Style(size, anchor, bold, true, colour);
        }
    }

    void rectangle(double x, double y, double width, double height, int colour);

    /** Only the outline, drawn on the edge. */
    void frame(double x, double y, double width, double height, double line, int colour);

    void circle(double x, double y, double radius, int colour);

    /** {@code y} is the middle of the capital letters. */
    void text(double x, double y, Style style, String text);
}
