package dev.starling.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Indented JSON from maps, lists, strings, numbers, booleans and null. Numbers that JSON cannot express (NaN,
 * infinities) become null. Uses Jackson's generator only: data binding costs start-up time that short runs feel.
 */
public final class JsonFile {

    private JsonFile() {}

    /** {@code value} as text with a final newline; throws if it holds anything but the types above. */
    public static String text(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.append('\n').toString();
    }

    /** {@code object}, a JSON object, with {@code value} behind those of its list {@code name}, which is made if need be. */
    static String appended(String object, String name, Object value) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonParser found = new JsonFactory().createParser(object);
                JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            found.nextToken();
            json.writeStartObject();
            boolean there = false;
            while (found.nextToken() == JsonToken.FIELD_NAME) {
                boolean list = found.currentName().equals(name);
                json.writeFieldName(found.currentName());
                found.nextToken();
                if (!list) {
                    json.copyCurrentStructure(found);
                    continue;
                }
                there = true;
                json.writeStartArray();
                while (found.nextToken() != JsonToken.END_ARRAY) {
                    json.copyCurrentStructure(found);
                }
                write(json, value);
                json.writeEndArray();
            }
            if (!there) {
                json.writeFieldName(name);
                write(json, List.of(value));
            }
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> values) {
            json.writeStartArray();
            for (Object element : values) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Double number) {
            writeDouble(json, number);
        } else if (value instanceof Integer || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof String string) {
            json.writeString(string);
        } else if (value instanceof Record record) {
            write(json, components(record));
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass().getName());
        }
    }

    /** The values of a public record by their names, in order. */
    private static Map<String, @Nullable Object> components(Record record) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                values.put(component.getName(), component.getAccessor().invoke(record));
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(
                        "no JSON for " + record.getClass().getName(), e);
            }
        }
        return values;
    }

    private static void writeDouble(JsonGenerator json, double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }
}
