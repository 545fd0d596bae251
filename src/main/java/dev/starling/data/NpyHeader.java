package dev.starling.data;

import dev.starling.base.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The header of an array in NumPy's format: magic, version, length, and a Python dictionary as text
 * (numpy.lib.format, versions 1.0 to 3.0).
 *
 * @param bigEndian whether the most significant byte of an element comes first
 * @param columnsFirst whether the first index runs fastest (Fortran order), not the last
 */
record NpyHeader(NpyType type, List<Integer> shape, boolean bigEndian, boolean columnsFirst) {

    /** No array may be larger: a header of a few bytes must not make a node allocate all its memory. */
    static final long MAX_ARRAY_BYTES = 1L << 30;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER_BYTES = 1 << 16;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9L,\\s]*)\\)");

    /** As Starling writes arrays: little-endian, in C order. */
    NpyHeader(NpyType type, List<Integer> shape) {
        this(type, shape, false, false);
    }

    /** Bytes of the array's elements. */
    long bytes() {
        return shape.stream().mapToLong(Integer::longValue).reduce(type.bytes(), Math::multiplyExact);
    }

    /** Reads a header; leaves {@code in} at the first element. InputException at {@code place} if it cannot be used. */
    static NpyHeader read(InputStream in, String place) throws IOException {
        byte[] start = in.readNBytes(8);
        if (start.length < 8
                || !new String(start, 0, 6, StandardCharsets.ISO_8859_1)
                        .equals(new String(MAGIC, StandardCharsets.ISO_8859_1))) {
            throw new InputException(place, "is not a NumPy array (its first bytes must be \\x93NUMPY)");
        }
        int version = start[6];
        if (version < 1 || version > 3) {
            throw new InputException(place, "must be of NumPy format version 1 to 3, got " + version);
        }
        byte[] size = in.readNBytes(version == 1 ? 2 : 4);
        long length = 0;
        for (int i = size.length - 1; i >= 0; i--) {
            length = (length << 8) | (size[i] & 0xff);
        }
        if (length > MAX_HEADER_BYTES) {
            throw new InputException(
                    place, "must have a header of at most " + MAX_HEADER_BYTES + " bytes, got " + length);
        }
        byte[] text = in.readNBytes((int) length);
        if (text.length < length || size.length == 0) {
            throw new InputException(place, "is truncated: it ends within the header");
        }
        return parse(new String(text, StandardCharsets.UTF_8), place);
    }

    private static NpyHeader parse(String header, String place) {
        String descr = group(DESCR, header, "a simple element type", place);
        NpyType type = NpyType.of(descr).orElseThrow(() -> new InputException(place, unread(descr)));
        boolean columnsFirst = group(ORDER, header, "fortran_order", place).equals("True");
        List<Integer> shape = new ArrayList<>();
        for (String size : group(SHAPE, header, "a shape", place).split(",", -1)) {
            if (!size.isBlank()) {
                // Python 2 wrote an L behind long sizes.
                shape.add(size(size.strip().replaceFirst("L$", ""), place));
            }
        }
        NpyHeader result = new NpyHeader(type, List.copyOf(shape), descr.startsWith(">"), columnsFirst);
        result.requireSize(place);
        return result;
    }

    private static String unread(String descr) {
        String way = descr.matches("[<>|=]?[US]\\d*")
                ? "number texts with numpy.unique(x, return_inverse=True)[1]"
                : descr.contains("O")
                        ? "make it one array of numbers, rows of one length"
                        : "convert it with .astype()";
        return "must be of numbers: bool, (u)int8 to 64, float16, float32 or float64, got " + descr + "; " + way;
    }

    private static int size(String text, String place) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InputException(place, "must have sizes of at most " + Integer.MAX_VALUE + ", got " + text);
        }
    }

    private void requireSize(String place) {
        long bytes;
        try {
            bytes = bytes();
        } catch (ArithmeticException e) {
            bytes = Long.MAX_VALUE;
        }
        if (bytes > MAX_ARRAY_BYTES) {
            throw new InputException(
                    place, "must be at most " + MAX_ARRAY_BYTES + " bytes, got shape " + shape + " of " + type.descr());
        }
    }

    private static String group(Pattern pattern, String header, String what, String place) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new InputException(place, "has no header that names " + what + ": " + header.strip());
        }
        return matcher.group(1);
    }

    /** The header as NumPy would write it, padded so that elements start at a multiple of 64 bytes. */
    byte[] encode() {
        String sizes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
        String tuple = shape.size() == 1 ? sizes + "," : sizes;
        String text = "{'descr': '" + type.descr() + "', 'fortran_order': False, 'shape': (" + tuple + "), }";
        int unpadded = MAGIC.length + 4 + text.length() + 1;
        String padded = text + " ".repeat((64 - unpadded % 64) % 64) + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        out.writeBytes(new byte[] {1, 0, (byte) padded.length(), (byte) (padded.length() >> 8)});
        out.writeBytes(padded.getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }
}
