package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    private static Config resolved(String text, Map<String, String> variables) {
        return new Environment(variables).resolve(ConfigFactory.parseString(text), ConfigResolveOptions.defaults());
    }

    @Test
    void aVariableThatIsSetToNothingIsNone() {
        assertThat(Reference.config(new Environment(Map.of("STARLING_DATA", "")))
                        .getString("data.directory"))
                .isEqualTo("data");
        assertThat(Reference.config(new Environment(Map.of("STARLING_DATA", "/sets")))
                        .getString("data.directory"))
                .isEqualTo("/sets");
        assertThat(resolved("a = 1, a = ${?EMPTY}", Map.of("EMPTY", "")).getInt("a"))
                .isEqualTo(1);
    }

    @Test
    void variablesAreLookedUpAndAreNoSettings() {
        Config found = resolved("a = ${seed}, seed = 3, b = ${HOST}, b = ${b}x", Map.of("HOST", "h", "seed", "9"));
        assertThat(found).isEqualTo(ConfigFactory.parseString("a = 3, seed = 3, b = hx"));
    }
}
