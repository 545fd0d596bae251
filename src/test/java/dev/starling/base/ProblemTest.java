package dev.starling.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void whatCannotBeSeenIsSpelledOut() {
        Problem problem = new Problem("a\u0000.csv", "got \"\ufeffid\nx\t\u200b\", not \"id 😀é\"");

        assertThat(problem.place()).isEqualTo("a\\u0000.csv");
        assertThat(problem.message()).isEqualTo("got \"\\ufeffid\\nx\\u0009\\u200b\", not \"id 😀é\"");
    }

    @Test
    void aReasonNamesNeitherExceptionNorFile() {
        assertThat(Causes.reason(new NoSuchFileException("x"))).isEqualTo("there is no such file");
        assertThat(Causes.reason(new AccessDeniedException("x"))).isEqualTo("access is denied");
        assertThat(Causes.reason(new IOException("Is a directory"))).isEqualTo("Is a directory");
        assertThat(Causes.reason(new IOException())).isEqualTo("IOException");
    }
}
