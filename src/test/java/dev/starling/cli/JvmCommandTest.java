package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JvmCommandTest {

    /** What a further process prints goes to a file: without this it would draw a bar there, and nobody could read it. */
    @Test
    void aFurtherProcessIsNotAtTheTerminalOfThisOne() {
        assertThat(JvmCommand.inherited(
                        List.of("-Xmx1g", "-Dstarling.terminal=80", "-Dstarling.log=x", "--add-opens=a=b")))
                .containsExactly("-Xmx1g", "--add-opens=a=b");
    }
}
