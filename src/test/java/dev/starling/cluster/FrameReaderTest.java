package dev.starling.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.cluster.FrameReader.RefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private static final int MAX = 200;

    private final FrameReader reader =
            new FrameReader(magic -> magic.utf8String().equals("AKKA"));

    private static ByteBuffer envelope(long uid, int senderTag) {
        return ByteBuffer.allocate(40)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(4, uid)
                .putInt(16, senderTag)
                .putInt(20, 30)
                .putInt(24, 32);
    }

    private void begin() {
        reader.add(ByteString.fromString("AKKA\2"));
    }

    private static byte[] bytes(ByteBuffer envelope) {
        byte[] all = new byte[envelope.capacity()];
        envelope.get(0, all);
        return all;
    }

    private static ByteString framed(ByteBuffer envelope) {
        return ByteString.fromArray(ByteBuffer.allocate(4 + envelope.capacity())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(envelope.capacity())
                .put(bytes(envelope))
                .array());
    }

    private void frame(ByteBuffer envelope) {
        reader.add(framed(envelope));
    }

    private Optional<ByteBuffer> next() throws RefusedException {
        return reader.next(() -> MAX, uid -> uid == 77);
    }

    @Test
    void envelopesComeAsTheyWereSentHoweverTheyAreCut() throws RefusedException {
        ByteString bytes = ByteString.fromString("AKKA\1");
        for (int i = 0; i < 3; i++) {
            bytes = bytes.concat(framed(envelope(5, 28).put(39, (byte) i)));
        }
        for (int piece = 1; piece <= bytes.length(); piece += 7) {
            FrameReader pieces = new FrameReader(magic -> true);
            List<Byte> last = new ArrayList<>();
            for (int at = 0; at < bytes.length(); at += piece) {
                pieces.add(bytes.slice(at, at + piece));
                for (var got = pieces.next(() -> MAX, uid -> false);
                        got.isPresent();
                        got = pieces.next(() -> MAX, uid -> false)) {
                    last.add(got.get().get(39));
                }
            }
            assertThat(last).containsExactly((byte) 0, (byte) 1, (byte) 2);
            assertThat(pieces.stream()).isEqualTo(1);
            assertThat(pieces.isEmpty()).isTrue();
        }
    }

    /** A length is judged when it is there, not when so many bytes are. */
    @ParameterizedTest
    @ValueSource(ints = {-5, -1, Integer.MIN_VALUE, 0, 27, MAX + 1, Integer.MAX_VALUE})
    void lengthsBeyondTheLimitsAreRefusedAtOnce(int length) {
        begin();
        reader.add(ByteString.fromArray(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array()));
        assertThatThrownBy(this::next)
                .isInstanceOf(RefusedException.class)
                .hasMessage("a frame must have 28 to 200 bytes, got " + length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AKKB\2", "GET / HTTP/1.1", "AKKA\0", "AKKA\4"})
    void otherBeginningsAreRefused(String beginning) {
        reader.add(ByteString.fromString(beginning));
        assertThatThrownBy(this::next).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 27, 39, 40, 1 << 20})
    void namesOutsideOfTheirEnvelopeAreRefused(int tag) {
        begin();
        frame(envelope(5, tag));
        assertThatThrownBy(this::next)
                .isInstanceOf(RefusedException.class)
                .hasMessage("a name must lie within its envelope, is said to be at byte " + tag);
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        begin();
        frame(envelope(5, 28).putShort(28, (short) 11));
        assertThatThrownBy(this::next).isInstanceOf(RefusedException.class);
    }

    @Test
    void anotherVersionAndAnotherSenderAreRefused() throws RefusedException {
        begin();
        frame(envelope(5, 28));
        assertThat(next()).isPresent();
        frame(envelope(6, 28));
        assertThatThrownBy(this::next).hasMessage("all envelopes of a connection must be of one sender");
        FrameReader other = new FrameReader(magic -> true);
        other.add(ByteString.fromString("AKKA\2"));
        other.add(ByteString.fromArray(ByteBuffer.allocate(44)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(40)
                .put((byte) 1)
                .array()));
        assertThatThrownBy(() -> other.next(() -> MAX, uid -> true))
                .hasMessage("the version of an envelope must be 0, got 1");
    }

    @Test
    void onlySendersThatWereMetMayAbbreviate() throws RefusedException {
        begin();
        frame(envelope(5, 0xFF000003));
        frame(envelope(5, 28).put(39, (byte) 9));
        assertThat(next()).hasValueSatisfying(frame -> assertThat(frame.get(39)).isEqualTo((byte) 9));
        FrameReader met = new FrameReader(magic -> true);
        met.add(ByteString.fromString("AKKA\2"));
        met.add(framed(envelope(77, 0xFF000003)));
        assertThat(met.next(() -> MAX, uid -> uid == 77)).isPresent();
    }

    /** Before the rest of the frame, or even a length that is right. */
    @Test
    void whoSendsIsToldByTheBeginningOfAFrame() throws RefusedException {
        begin();
        assertThat(next()).isEmpty();
        ByteString frame = framed(envelope(77, 28));
        reader.add(frame.take(31));
        assertThat(reader.claimed()).isEmpty();
        reader.add(frame.slice(31, 32));
        assertThat(next()).isEmpty();
        assertThat(reader.claimed()).contains(77L);
        assertThat(reader.sender()).isEmpty();
        reader.add(frame.drop(32));
        assertThat(next()).isPresent();
        assertThat(reader.sender()).contains(77L);
    }
}
