package dev.starling.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonFileTest {

    @Test
    void anotherReaderFindsTheSameValues() throws Exception {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("text", "quote \" and line\nbreak");
        value.put("big", Long.MIN_VALUE);
        value.put("small", 0.1);
        value.put("list", List.of(1, true, List.of()));
        value.put("none", null);

        JsonNode read = new ObjectMapper().readTree(JsonFile.text(value));

        assertThat(read.get("text").textValue()).isEqualTo("quote \" and line\nbreak");
        assertThat(read.get("big").longValue()).isEqualTo(Long.MIN_VALUE);
        assertThat(read.get("small").doubleValue()).isEqualTo(0.1);
        assertThat(read.get("list").toString()).isEqualTo("[1,true,[]]");
        assertThat(read.get("none").isNull()).isTrue();
        assertThat(read.fieldNames()).toIterable().containsExactly("text", "big", "small", "list", "none");
    }

    @Test
    void whatJsonCannotExpressIsNull() throws Exception {
        JsonNode read = new ObjectMapper().readTree(JsonFile.text(List.of(Double.NaN, Double.POSITIVE_INFINITY)));
        assertThat(read.get(0).isNull()).isTrue();
        assertThat(read.get(1).isNull()).isTrue();
    }

    @Test
    void otherTypesAreRefused() {
        assertThatThrownBy(() -> JsonFile.text(BigDecimal.ONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.math.BigDecimal");
    }
}
