package dev.starling.cluster;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Serializes every message of ours with Kryo. A message is one byte of format version and the class id and object as
 * Kryo writes them. Only classes of {@link MessageTypes} are written or read; anything else, and bytes that are
 * damaged or cut off, end in an {@link UnreadableMessage}, which Pekko logs with the sender's address.
 */
public final class KryoSerializer extends SerializerWithStringManifest {

    /** Raised with every change of what messages look like. */
    static final byte FORMAT = 12;

    /** Enough for any message of ours: models travel in chunks. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final int IDENTIFIER = 0x57A2;

    private final ThreadLocal<Kryo> kryos;

    /** Called by Pekko. */
    public KryoSerializer(ExtendedActorSystem system) {
        ActorSystem<Void> typed = Adapter.toTyped(system);
        this.kryos = ThreadLocal.withInitial(() -> {
            Kryo kryo = new Kryo(new NumberedClasses(), null);
            kryo.setClassLoader(KryoSerializer.class.getClassLoader());
            ActorRef<?> some = typed.deadLetters();
            MessageTypes.register(kryo, new ActorRefSerializer(typed), some.getClass());
            kryo.addDefaultSerializer(ActorRef.class, new ActorRefSerializer(typed));
            return kryo;
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
        Output output = new Output(256, MAX_BYTES);
        output.writeByte(FORMAT);
        try {
            kryos.get().writeClassAndObject(output, message);
        } catch (KryoException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cannot serialize " + message.getClass().getName() + ": " + firstLine(e), e);
        }
        return output.toBytes();
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        if (!manifest.isEmpty()) {
            throw new UnreadableMessage(
                    "message must have no manifest, got one of " + manifest.length() + " characters");
        }
        if (bytes.length == 0 || bytes[0] != FORMAT) {
            throw new UnreadableMessage("message of another format: expected version " + FORMAT + ", got "
                    + (bytes.length == 0 ? "nothing" : bytes[0]));
        }
        Input input = new BoundedInput(bytes, 1, bytes.length - 1);
        Object message;
        try {
            message = kryos.get().readClassAndObject(input);
        } catch (RuntimeException e) {
            throw unreadable(bytes, firstLine(e));
        }
        if (message == null || input.position() != bytes.length) {
            throw unreadable(bytes, "it ends at byte " + input.position());
        }
        return message;
    }

    private static UnreadableMessage unreadable(byte[] bytes, String reason) {
        return new UnreadableMessage("message of " + bytes.length + " bytes cannot be read: " + reason);
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
