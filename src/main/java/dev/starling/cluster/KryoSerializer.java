package dev.starling.cluster;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.ByteBufferOutput;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.ByteBufferSerializer;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Serializes every message of ours with Kryo. A message is one byte of format version and the class id and object as
 * Kryo writes them. Only classes of {@link MessageTypes} are written or read; anything else, and bytes that are
 * damaged or cut off, end in an {@link UnreadableMessage}, which Pekko logs with the sender's address.
 */
public final class KryoSerializer extends SerializerWithStringManifest implements ByteBufferSerializer {

    /** Raised with every change of what messages look like. */
    static final byte FORMAT = 18;

    /** Enough for any message of ours: models travel in chunks. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    /** What a thread keeps to write into what no buffer is given for. */
    private static final int KEPT_BYTES = 64 * 1024;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private static final int IDENTIFIER = 0x57A2;

    private final ThreadLocal<Coder> coders;

    /** Called by Pekko. */
    public KryoSerializer(ExtendedActorSystem system) {
        ActorSystem<Void> typed = Adapter.toTyped(system);
        this.coders = ThreadLocal.withInitial(() -> {
            Kryo kryo = new Kryo(new NumberedClasses(), null);
            kryo.setClassLoader(KryoSerializer.class.getClassLoader());
            ActorRef<?> some = typed.deadLetters();
            MessageTypes.register(kryo, new ActorRefSerializer(typed), some.getClass());
            kryo.addDefaultSerializer(ActorRef.class, new ActorRefSerializer(typed));
            return new Coder(kryo);
        });
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    /** None: a class is a number within the message. With one, Pekko would load the class that it names. */
    @Override
    public String manifest(Object message) {
        return "";
    }

    @Override
    public byte[] toBinary(Object message) {
        Coder coder = coders.get();
        try {
            write(message, coder.kryo(), coder.output());
            return coder.output().toBytes();
        } finally {
            coder.clear();
        }
    }

    /** @throws java.nio.BufferOverflowException if the message does not fit, which Pekko reports */
    @Override
    public void toBinary(Object message, ByteBuffer target) {
        Coder coder = coders.get();
        coder.transport().setBuffer(target);
        try {
            write(message, coder.kryo(), coder.transport());
        } finally {
            coder.transport().setBuffer(NONE);
        }
    }

    private static void write(Object message, Kryo kryo, Output output) {
        try {
            output.writeByte(FORMAT);
            kryo.writeClassAndObject(output, message);
        } catch (KryoBufferOverflowException e) {
            BufferOverflowException overflow = new BufferOverflowException();
            overflow.initCause(e);
            throw overflow;
        } catch (KryoException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cannot serialize " + message.getClass().getName() + ": " + firstLine(e), e);
        }
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        requireNone(manifest);
        return read(bytes, 0, bytes.length);
    }

    @Override
    public Object fromBinary(ByteBuffer source, String manifest) {
        if (!source.hasArray()) {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            return fromBinary(bytes, manifest);
        }
        requireNone(manifest);
        int from = source.arrayOffset() + source.position();
        int length = source.remaining();
        source.position(source.limit());
        return read(source.array(), from, length);
    }

    private static void requireNone(String manifest) {
        if (!manifest.isEmpty()) {
            throw new UnreadableMessage(
                    "message must have no manifest, got one of " + manifest.length() + " characters");
        }
    }

    /** The message may keep {@code bytes}, which nobody else writes to: every frame of the transport has an array of its own. */
    private Object read(byte[] bytes, int from, int length) {
        if (length == 0 || bytes[from] != FORMAT) {
            throw new UnreadableMessage("message of another format: expected version " + FORMAT + ", got "
                    + (length == 0 ? "nothing" : bytes[from]));
        }
        Input input = new BoundedInput(bytes, from + 1, length - 1);
        Object message;
        try {
            message = coders.get().kryo().readClassAndObject(input);
        } catch (RuntimeException e) {
            throw unreadable(length, firstLine(e));
        }
        if (message == null || input.position() != from + length) {
            throw unreadable(length, "it ends at byte " + (input.position() - from));
        }
        return message;
    }

    private static UnreadableMessage unreadable(int length, String reason) {
        return new UnreadableMessage("message of " + length + " bytes cannot be read: " + reason);
    }

    /** A size that was read must fit into what is left of the message; keeps damaged bytes from asking for memory. */
    static int checkedSize(int size, Input input) {
        if (size < 0 || size > input.limit() - input.position()) {
            throw new KryoException(
                    "size must be 0 to " + (input.limit() - input.position()) + " (bytes left), got " + size);
        }
        return size;
    }

    private static String firstLine(RuntimeException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    /** Bytes that are no message of this version of Starling. */
    public static final class UnreadableMessage extends RuntimeException {
        UnreadableMessage(String message) {
            super(message);
        }
    }

    /** Kryo looks a class up by its name if a message says so, and only then finds that it is not registered. */
    private static final class NumberedClasses extends DefaultClassResolver {
        @Override
        protected Registration readName(Input input) {
            throw new KryoException("it names a class instead of giving its number");
        }
    }

    /** What a thread serializes with. */
    private record Coder(Kryo kryo, Output output, ByteBufferOutput transport) {

        Coder(Kryo kryo) {
            this(kryo, new Output(KEPT_BYTES, MAX_BYTES), new ByteBufferOutput(NONE));
        }

        void clear() {
            if (output.getBuffer().length > KEPT_BYTES) {
                output.setBuffer(new byte[KEPT_BYTES], MAX_BYTES);
            }
            output.reset();
        }
    }

    private static final class ActorRefSerializer extends Serializer<ActorRef<?>> {

        private final ActorRefResolver resolver;

        ActorRefSerializer(ActorSystem<?> system) {
            this.resolver = ActorRefResolver.get(system);
        }

        @Override
        public void write(Kryo kryo, Output output, ActorRef<?> ref) {
            output.writeString(resolver.toSerializationFormat(ref));
        }

        @Override
        public ActorRef<?> read(Kryo kryo, Input input, Class<? extends ActorRef<?>> type) {
            return resolver.resolveActorRef(input.readString());
        }
    }
}
