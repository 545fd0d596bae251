package dev.starling.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutOfMemoryTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Java heap space | the heap of 256 MB is too small | STARLING_JAVA_OPTS=-Xmx512m
            GC overhead limit exceeded | the heap of 256 MB is too small | STARLING_JAVA_OPTS=-Xmx512m
            Metaspace | the room for classes | -XX:MaxMetaspaceSize=
            Compressed class space | the room for classes | -XX:MaxMetaspaceSize=
            Cannot reserve 65536 bytes of direct buffer memory (allocated: 1, limit: 2) | buffers of the network | -XX:MaxDirectMemorySize=
            Cannot allocate new FloatPointer(392016): totalBytes = 82656, physicalBytes = 349M | room for tensors | -Dorg.bytedeco.javacpp.maxBytes=
            Physical memory usage is too high: physicalBytes (3G) > maxPhysicalBytes (2G) | room for tensors | -Dorg.bytedeco.javacpp.maxBytes=
            unable to create native thread: possibly out of memory or process/resource limits reached | no more threads | ulimit -u
            Requested array size exceeds VM limit | more than one array can hold | must be smaller
            """)
    void eachMemoryIsNamedAndHowToGiveMore(String reason, String what, String wayOut) {
        assertThat(OutOfMemory.line(reason, 256L << 20))
                .startsWith("starling: out of memory: ")
                .contains(reason, what, wayOut)
                .doesNotContain("\n");
    }

    @Test
    void aSmallHeapIsToBecomeLargeEnoughForASmallRunAndALargeOneTwiceAsLarge() {
        assertThat(OutOfMemory.line("Java heap space", 16L << 20)).endsWith("-Xmx128m");
        assertThat(OutOfMemory.line("Java heap space", 3L << 30)).endsWith("-Xmx8g");
        assertThat(OutOfMemory.line("Java heap space", 4L << 30)).endsWith("-Xmx8g");
    }

    /** This JVM is not told to end: whoever embeds the simulation keeps the error. */
    @Test
    void aProcessThatHasNotAskedForItGoesOn() {
        assertThatCode(() -> OutOfMemory.check(new OutOfMemoryError("Java heap space")))
                .doesNotThrowAnyException();
    }
}
