package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void aPipeIsNotRewritten() {
        assertThat(Terminal.ofProcess(Map.of("TERM", "xterm"), "none", "").rewritable())
                .isFalse();
        assertThat(Terminal.ofProcess(Map.of("TERM", "xterm"), "", "").rewritable())
                .isFalse();
    }

    @Test
    void aDumbTerminalIsNotRewritten() {
        assertThat(Terminal.ofProcess(Map.of("TERM", "dumb"), "80", "").rewritable())
                .isFalse();
        assertThat(Terminal.ofProcess(Map.of(), "80", "").rewritable()).isFalse();
    }

    @Test
    void aTerminalHasItsWidth() {
        Terminal terminal = Terminal.ofProcess(Map.of("TERM", "xterm", "LANG", "C.UTF-8"), "132", "");
        assertThat(terminal).isEqualTo(new Terminal(true, 132, true));
    }

    @Test
    void aTerminalThatIsTooNarrowForALineIsNotRewritten() {
        assertThat(Terminal.ofProcess(Map.of("TERM", "xterm"), "10", "")).isEqualTo(new Terminal(false, 10, false));
        assertThat(Terminal.ofProcess(Map.of("TERM", "xterm"), "39", "").rewritable())
                .isFalse();
        assertThat(Terminal.ofProcess(Map.of("TERM", "xterm"), "40", "")).isEqualTo(new Terminal(true, 40, false));
    }

    @Test
    void theFirstVariableThatIsSetToSomethingNamesTheLocale() {
        Map<String, String> variables = Map.of("TERM", "xterm", "LC_ALL", "", "LC_CTYPE", "C.utf8", "LANG", "C");
        assertThat(Terminal.ofProcess(variables, "80", "").unicode()).isTrue();
        assertThat(Terminal.ofProcess(Map.of("TERM", "xterm", "LC_ALL", "C.UTF-8"), "80", "C")
                        .unicode())
                .as("the launcher had to set another")
                .isFalse();
    }

    @Test
    void coloursCanBeUnwanted() {
        assertThat(Terminal.ofProcess(Map.of("TERM", "xterm", "NO_COLOR", "1"), "80", "")
                        .colours())
                .isFalse();
        assertThat(Terminal.ofProcess(Map.of("TERM", "xterm", "NO_COLOR", ""), "80", "")
                        .colours())
                .isTrue();
    }

    @Test
    void anUnknownWidthIsAUsualOne() {
        assertThat(Terminal.ofProcess(Map.of("TERM", "xterm"), "0", "").columns())
                .isBetween(80, 120);
    }
}
