package dev.starling.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.base.Causes;
import dev.starling.base.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Small files of text that a scenario names, and what they are mistaken for. */
final class TextFile {

    /** First byte of a pickle since protocol 2, which no text in UTF-8 begins with. */
    private static final byte PICKLE = (byte) 0x80;

    /** As much as a table of text may have; a file may grow while it is read, or be a device. */
    static final int MAX_BYTES = (int) InputFiles.MAX_TEXT_BYTES;

    private TextFile() {}

    /** The whole text in UTF-8, without a byte order mark; InputException if it cannot be read or is no text. */
    static String read(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new InputException(file.toString(), "cannot be read: there is no such file");
        } catch (IOException e) {
            throw new InputException(file.toString(), "cannot be read: " + Causes.reason(e));
        }
        if (bytes.length > MAX_BYTES) {
            throw new InputException(file.toString(), "must be at most " + MAX_BYTES + " bytes of text");
        }
        if (bytes.length > 0 && bytes[0] == PICKLE) {
            throw new InputException(
                    file.toString(),
                    "must be .csv or .json, got a Python pickle, which is a program"
                            + " and is not run here; two lines of Python convert it: import json, pickle; json.dump(pickle.load(open(\""
                            + file.getFileName() + "\", \"rb\")), open(\"" + file.getFileName()
                            + ".json\", \"w\"), default=float)");
        }
        return TextEncoding.decoded(bytes, file.toString());
    }

    /** What {@code text} says in JSON: an object with a block per device; InputException naming line and column. */
    static JsonNode devices(String name, String text) {
        JsonNode root;
        try {
            root = new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text);
        } catch (JsonProcessingException e) {
            // Without a place if it is not what is written but how much.
            String place = e.getLocation() == null
                    ? ""
                    : "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": ";
            throw new InputException(name, place + "is not valid JSON: " + e.getOriginalMessage());
        }
        if (root == null || !root.isObject()) {
            throw new InputException(name, "must be an object with a block per device");
        }
        return root;
    }
}
