package dev.starling.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void nobodyCanChangeIt() {
        byte[] given = {1, 2, 3};
        Bytes bytes = Bytes.of(given);
        given[0] = 9;
        bytes.toArray()[1] = 9;
        assertThat(bytes.toArray()).containsExactly(1, 2, 3);
    }

    @Test
    void takesAPartOfABufferAndLeavesItsPosition() {
        ByteBuffer source = ByteBuffer.wrap(new byte[] {0, 1, 2, 3, 4}).position(1);
        Bytes bytes = Bytes.of(source, 1, 2);
        assertThat(bytes.toArray()).containsExactly(2, 3);
        assertThat(source.position()).isEqualTo(1);
        assertThat(bytes).isEqualTo(Bytes.of(new byte[] {2, 3})).hasToString("2 bytes");
        assertThat(bytes).isNotEqualTo(Bytes.of(new byte[] {3, 2}));
    }

    @Test
    void copiesItselfToAPlace() {
        byte[] target = new byte[4];
        Bytes.of(new byte[] {7, 8}).copyTo(target, 1);
        assertThat(target).containsExactly(0, 7, 8, 0);
    }

    @Test
    void aPartIsAsGoodAsACopyOfIt() throws IOException {
        Bytes part = Bytes.owning(new byte[] {0, 1, 2, 3, 4, 5}, 1, 4).part(1, 2);
        Bytes copy = Bytes.of(new byte[] {2, 3});
        assertThat(part).isEqualTo(copy).hasSameHashCodeAs(copy).hasToString("2 bytes");
        assertThat(part.toArray()).containsExactly(2, 3);
        byte[] target = new byte[3];
        part.copyTo(target, 1);
        assertThat(target).containsExactly(0, 2, 3);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        part.writeTo(out);
        assertThat(out.toByteArray()).containsExactly(2, 3);
        part.lend((array, from, count) ->
                assertThat(Arrays.copyOfRange(array, from, from + count)).containsExactly(2, 3));
        assertThatThrownBy(() -> part.part(1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.part(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
