package dev.starling.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.DefaultSerializers.StringSerializer;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.starling.base.Bytes;
import dev.starling.base.WireMessage;
import dev.starling.cluster.KryoSerializer.UnreadableMessage;
import dev.starling.device.BaseModels;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KryoSerializerTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final KryoSerializer SERIALIZER =
            new KryoSerializer((ExtendedActorSystem) Adapter.toClassic(KIT.system()));

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    static Stream<WireMessage> samples() {
        return MessageSamples.all(KIT.system()).stream();
    }

    private static Object read(byte[] bytes) {
        return SERIALIZER.fromBinary(bytes);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsWrittenIsRead(WireMessage message) {
        assertThat(read(SERIALIZER.toBinary(message))).isEqualTo(message);
    }

    /** As the transport does it: somewhere in a buffer, on the heap or off it. */
    @ParameterizedTest
    @MethodSource("samples")
    void whatIsWrittenIntoABufferIsReadFromIt(WireMessage message) {
        int length = SERIALIZER.toBinary(message).length;
        for (ByteBuffer buffer : List.of(ByteBuffer.allocate(length + 14), ByteBuffer.allocateDirect(length + 14))) {
            buffer.position(7);
            SERIALIZER.toBinary(message, buffer);
            assertThat(buffer.position()).isEqualTo(7 + length);
            buffer.position(7).limit(7 + length);
            ByteBuffer part = buffer.slice();
            assertThat(SERIALIZER.fromBinary(part, "")).isEqualTo(message);
            assertThat(part.hasRemaining()).isFalse();
        }
    }

    @Test
    void whatDoesNotFitIntoABufferIsToldAsTheTransportExpectsIt() {
        BaseModels.Chunk chunk = new BaseModels.Chunk(3, 2, 0, Bytes.of(new byte[300_000]));
        ByteBuffer buffer = ByteBuffer.allocate(300_000);
        assertThatThrownBy(() -> SERIALIZER.toBinary(chunk, buffer)).isInstanceOf(BufferOverflowException.class);
        assertThat(read(SERIALIZER.toBinary(chunk))).isEqualTo(chunk);
        BaseModels.Want small =
                new BaseModels.Want(4, KIT.<BaseModels.Command>createTestProbe().ref());
        assertThat(read(SERIALIZER.toBinary(small))).isEqualTo(small);
    }

    /** Whoever adds a message must register it and add a sample. */
    @Test
    void everyMessageThatMayTravelIsRegisteredAndSampled() {
        Set<String> travelling = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.starling")
                        .get(WireMessage.class)
                        .getAllSubclasses()
                        .stream()
                        .filter(type ->
                                !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());
        Set<String> sampled =
                samples().map(message -> message.getClass().getName()).collect(Collectors.toSet());

        assertThat(travelling).hasSizeGreaterThan(15);
        assertThat(MessageTypes.records().stream().map(Class::getName)).containsAll(travelling);
        assertThat(sampled).isEqualTo(travelling);
    }

    @Test
    void noClassIsRegisteredTwice() {
        assertThat(MessageTypes.records()).doesNotHaveDuplicates();
    }

    /** A damaged message is a message of ours or an UnreadableMessage: never an Error, a hang, or much memory. */
    @ParameterizedTest
    @MethodSource("samples")
    void damagedBytesAreRefusedOrReadAsAMessage(WireMessage message) {
        byte[] intact = SERIALIZER.toBinary(message);
        for (int at = 0; at < intact.length; at++) {
            for (int change : new int[] {0x01, 0x40, 0x80, 0x7F, 0xFF}) {
                byte[] damaged = intact.clone();
                damaged[at] ^= (byte) change;
                readOrRefuse(damaged);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void bytesThatAreCutOffAreRefused(WireMessage message) {
        byte[] intact = SERIALIZER.toBinary(message);
        for (int length = 0; length < intact.length; length++) {
            byte[] cut = Arrays.copyOf(intact, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(UnreadableMessage.class);
        }
        assertThatThrownBy(() -> read(Arrays.copyOf(intact, intact.length + 1))).isInstanceOf(UnreadableMessage.class);
    }

    @Test
    void arbitraryBytesAreRefusedOrReadAsAMessage() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            bytes[0] = KryoSerializer.FORMAT;
            readOrRefuse(bytes);
        }
    }

    private static void readOrRefuse(byte[] bytes) {
        try {
            assertThat(read(bytes)).isNotNull();
        } catch (UnreadableMessage refused) {
            assertThat(refused).hasMessageContaining("message of");
        } catch (Throwable other) {
            fail(Arrays.toString(bytes) + " must be refused, not end in " + other, other);
        }
    }

    @Test
    void listsInListsInListsAreRefused() {
        Kryo kryo = new Kryo();
        MessageTypes.register(kryo, new StringSerializer(), String.class);
        Output output = new Output(1 << 20);
        output.writeByte(KryoSerializer.FORMAT);
        int lists = kryo.getRegistration(List.of(1).getClass()).getId();
        for (int depth = 0; depth < 100_000; depth++) {
            output.writeVarInt(lists + 2, true);
            output.writeVarInt(1, true);
        }
        output.writeVarInt(Kryo.NULL, true);
        assertThatThrownBy(() -> read(output.toBytes())).isInstanceOf(UnreadableMessage.class);
    }

    @Test
    void anotherFormatIsRefusedByName() {
        byte[] bytes = SERIALIZER.toBinary(new BaseModels.Chunk(3, 2, 0, Bytes.of(new byte[0])));
        bytes[0] = KryoSerializer.FORMAT + 1;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining("expected version " + KryoSerializer.FORMAT)
                .hasMessageContaining("got " + (KryoSerializer.FORMAT + 1));
    }

    @Test
    void classesThatAreNotOursAreNeitherWrittenNorRead() {
        assertThatThrownBy(() -> SERIALIZER.toBinary(new HashSet<>(List.of(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot serialize java.util.HashSet");
        Kryo open = new Kryo();
        open.setRegistrationRequired(false);
        Output output = new Output(256);
        output.writeByte(KryoSerializer.FORMAT);
        open.writeClassAndObject(output, new TreeMap<String, String>());
        assertThatThrownBy(() -> read(output.toBytes())).isInstanceOf(UnreadableMessage.class);
    }

    @Test
    void anUnknownClassIdIsRefused() {
        Output output = new Output(16);
        output.writeByte(KryoSerializer.FORMAT);
        output.writeVarInt(5000, true);
        assertThatThrownBy(() -> read(output.toBytes()))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining("4998");
    }
}
