package dev.starling.cli.models;

import java.util.Locale;

/** Draws as SVG. */
final class SvgCanvas implements Canvas {

    private final StringBuilder svg = new StringBuilder();

    SvgCanvas(int width, int height) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"Helvetica, Arial, sans-serif\">",
                width, height, width, height);
        rectangle(0, 0, width, height, 0xFFFFFF);
    }

    /** The whole file. */
    String text() {
        return svg + "</svg>\n";
    }

    @Override
    public void rectangle(double x, double y, double width, double height, int colour) {
        add("<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#%06x\"/>", x, y, width, height, colour);
    }

    @Override
    public void frame(double x, double y, double width, double height, double line, int colour) {
        add(
                "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"none\" stroke=\"#%06x\""
                        + " stroke-width=\"%.2f\"/>",
                x, y, width, height, colour, line);
    }

    @Override
    public void circle(double x, double y, double radius, int colour) {
        add("<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\" fill=\"#%06x\"/>", x, y, radius, colour);
    }

    @Override
    public void text(double x, double y, Style style, String text) {
        String anchor = style.anchor().name().toLowerCase(Locale.ROOT);
        String turn = style.rotated() ? String.format(Locale.ROOT, " transform=\"rotate(-90 %.2f %.2f)\"", x, y) : "";
        add(
                "<text x=\"%.2f\" y=\"%.2f\" dy=\"0.36em\" font-size=\"%.1f\" text-anchor=\"%s\"%s fill=\"#%06x\"%s>%s</text>",
                x,
                y,
                style.size(),
                anchor,
                style.bold() ? " font-weight=\"bold\"" : "",
                style.colour(),
                turn,
                text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
