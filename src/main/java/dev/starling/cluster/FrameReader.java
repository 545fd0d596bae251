package dev.starling.cluster;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.apache.pekko.util.ByteString;

/**
 * Reads what Artery sends over TCP: four bytes of magic and the number of the stream, then envelopes, each behind its
 * length (4 bytes, little-endian). Everything that Artery relies on is checked here, before it is acted upon; no more
 * is ever kept than one frame.
 */
final class FrameReader {

    static final int CONTROL = 1;
    static final int LARGE = 3;

    private static final int MAGIC = 4;
    private static final int HEADER = 28; // version, flags, tables, uid, serializer, three tags
    private static final int UID = 4;
    private static final int[] TAGS = {16, 20, 24}; // sender, recipient, manifest
    private static final int COMPRESSED = 0xFF000000;

    private final Predicate<ByteString> magic;

    private ByteString unread = ByteString.emptyByteString();
    private long received;
    private int stream;
    private Optional<Long> sender = Optional.empty();

    /** What a connection brought is not what nodes send. */
    static final class RefusedException extends Exception {
        RefusedException(String reason) {
            super(reason);
        }
    }

    FrameReader(Predicate<ByteString> magic) {
        this.magic = magic;
    }

    /** The number of the stream, or 0 before that was read. */
    int stream() {
        return stream;
    }

    /** The id of the node that the envelopes say they are of; empty before the first of them. */
    Optional<Long> sender() {
        return sender;
    }

    /** The same, as soon as the beginning of a frame says it. */
    Optional<Long> claimed() {
        if (sender.isPresent() || stream == 0 || unread.length() < 4 + HEADER) {
            return sender;
        }
        return Optional.of(unread.slice(4 + UID, 4 + UID + 8)
                .asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong());
    }

    boolean isEmpty() {
        return unread.isEmpty();
    }

    /** Bytes, in all. */
    long received() {
        return received;
    }

    void add(ByteString bytes) {
        received += bytes.length();
        unread = unread.concat(bytes);
    }

    /**
     * The next envelope, if all of it is there.
     *
     * @param maxBytes of the envelope that comes next; asked when its beginning is there
     * @param known whether this node has met the sender of this id: only those may abbreviate names, since a table is
     *     kept for each of them; envelopes of others that do are left out
     */
    Optional<ByteBuffer> next(IntSupplier maxBytes, LongPredicate known) throws RefusedException {
        while (begun() && unread.length() >= 4) {
            int length =
                    unread.take(4).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getInt();
            int max = maxBytes.getAsInt();
            if (length < HEADER || length > max) {
                throw new RefusedException("a frame must have " + HEADER + " to " + max + " bytes, got " + length);
            }
            if (unread.length() < 4 + length) {
                return Optional.empty();
            }
            ByteBuffer frame =
                    ByteBuffer.wrap(unread.slice(4, 4 + length).toArray()).order(ByteOrder.LITTLE_ENDIAN);
            unread = unread.drop(4 + length);
            if (check(frame) || known.test(frame.getLong(UID))) {
                return Optional.of(frame);
            }
        }
        return Optional.empty();
    }

    private boolean begun() throws RefusedException {
        if (stream == 0) {
            if (unread.length() >= MAGIC && !magic.test(unread.take(MAGIC).compact())) {
                throw new RefusedException("it does not begin as a connection of a node does");
            }
            if (unread.length() > MAGIC) {
                byte number = unread.apply(MAGIC);
                if (number < CONTROL || number > LARGE) {
                    throw new RefusedException("a stream must be " + CONTROL + " to " + LARGE + ", got " + number);
                }
                stream = number;
                unread = unread.drop(MAGIC + 1);
            }
        }
        return stream != 0;
    }

    /** Whether all names are spelled out. */
    private boolean check(ByteBuffer frame) throws RefusedException {
        if (frame.get(0) != 0) {
            throw new RefusedException("the version of an envelope must be 0, got " + frame.get(0));
        }
        long uid = frame.getLong(UID);
        if (sender.isPresent() && sender.get() != uid) {
            throw new RefusedException("all envelopes of a connection must be of one sender");
        }
        sender = Optional.of(uid);
        boolean plain = true;
        for (int at : TAGS) {
            int tag = frame.getInt(at);
            if ((tag & COMPRESSED) != 0) {
                plain = false;
            } else if (tag < HEADER
                    || tag > frame.limit() - 2
                    || Short.toUnsignedInt(frame.getShort(tag)) > frame.limit() - 2 - tag) {
                throw new RefusedException("a name must lie within its envelope, is said to be at byte " + tag);
            }
        }
        return plain;
    }
}
