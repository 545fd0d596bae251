package dev.starling.data;

import dev.starling.base.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Texts are UTF-8. A byte order mark, with which Excel and Windows editors begin theirs, is skipped; other encodings
 * are refused by name, for their letters would become others and different categories the same one.
 */
public final class TextEncoding {

    private static final int MARK_BYTES = 4;

    private static final String WAY_OUT = "save it as UTF-8, or convert it with: iconv -f ";

    private TextEncoding() {}

    /**
     * What a text that starts with {@code bytes} is instead of UTF-8, with the way out; empty if nothing speaks against
     * it.
     */
    public static Optional<String> foreign(byte[] bytes) {
        int[] b = new int[MARK_BYTES];
        for (int i = 0; i < MARK_BYTES; i++) {
            b[i] = i < bytes.length ? bytes[i] & 0xff : -1;
        }
        if ((b[0] == 0xff && b[1] == 0xfe && b[2] == 0 && b[3] == 0)
                || (b[0] == 0 && b[1] == 0 && b[2] == 0xfe && b[3] == 0xff)) {
            return Optional.of(told("UTF-32", "UTF-32"));
        } else if ((b[0] == 0xff && b[1] == 0xfe) || (b[0] == 0xfe && b[1] == 0xff)) {
            return Optional.of(told("UTF-16", "UTF-16"));
        } else if (b[0] > 0 && b[1] == 0 && b[2] != 0 && b[3] <= 0) {
            return Optional.of(told("UTF-16 without a byte order mark, it seems", "UTF-16LE"));
        } else if (b[0] == 0 && b[1] > 0 && b[2] <= 0 && b[3] != 0) {
            return Optional.of(told("UTF-16 without a byte order mark, it seems", "UTF-16BE"));
        }
        return Optional.empty();
    }

    private static String told(String encoding, String name) {
        return "must be text in UTF-8, is " + encoding + ": " + WAY_OUT + name + " -t UTF-8";
    }

    /** {@code in} behind its byte order mark; InputException if it is text of another encoding. */
    static InputStream plain(InputStream in, String place) throws IOException {
        PushbackInputStream text = new PushbackInputStream(in, MARK_BYTES);
        byte[] start = text.readNBytes(MARK_BYTES);
        refuseForeign(start, place);
        int skipped = marked(start) ? 3 : 0;
        text.unread(start, skipped, start.length - skipped);
        return text;
    }

    /** The text of {@code bytes} behind its byte order mark; InputException if they are not UTF-8. */
    static String decoded(byte[] bytes, String place) {
        refuseForeign(bytes, place);
        int skipped = marked(bytes) ? 3 : 0;
        try {
            return decoder()
                    .decode(ByteBuffer.wrap(bytes, skipped, bytes.length - skipped))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InputException(place, notUtf8());
        }
    }

    /** Throws CharacterCodingException at the first byte that is not UTF-8. */
    static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** The first line of {@code in}, from 1, that is not UTF-8; 0 if all of it is. */
    static long badLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long number = 1;
        byte[] block = new byte[1 << 16];
        for (int got = in.read(block); got >= 0; got = in.read(block)) {
            for (int i = 0; i < got; i++) {
                line.write(block[i]);
                if (block[i] == '\n') {
                    if (!isUtf8(line.toByteArray())) {
                        return number;
                    }
                    line.reset();
                    number++;
                }
            }
        }
        return isUtf8(line.toByteArray()) ? 0 : number;
    }

    /** For messages: the rule and the way out. */
    static String notUtf8() {
        return "must be text in UTF-8; if it comes from Windows, " + WAY_OUT + "WINDOWS-1252 -t UTF-8";
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            decoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void refuseForeign(byte[] bytes, String place) {
        foreign(bytes).ifPresent(rule -> {
            throw new InputException(place, rule);
        });
    }

    private static boolean marked(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
    }
}
