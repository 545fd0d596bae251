package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void aPipeIsNotRewritten() {
        assertThat(Terminal.ofProcess(Map.of("TERM", "xterm"), "none", "").rewritable())
                .isFalse();
        assertThat(Terminal.ofProcess(Map.of("TERM", "xterm"), "", "").rewritable()).isFalse();
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
    void anUnknownWidthIsAUsualOne() {
        assertThat(Terminal.ofProcess(Map.of("TERM", "xterm"), "0", "").columns()).isBetween(80, 120);
    }
}
