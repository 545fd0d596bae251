package dev.starling.cluster;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.starling.aggregate.Aggregator;
import dev.starling.aggregate.ExactScalar;
import dev.starling.aggregate.FoldTotals;
import dev.starling.aggregate.Rejection;
import dev.starling.aggregate.RoundKey;
import dev.starling.base.Bytes;
import dev.starling.base.Ids;
import dev.starling.base.SimTime;
import dev.starling.coordinator.Understudies;
import dev.starling.data.DataFile;
import dev.starling.data.Featurizer;
import dev.starling.device.BaseModels;
import dev.starling.device.Device;
import dev.starling.device.Lineage;
import dev.starling.device.NodeAgent;
import dev.starling.device.RunSpec;
import dev.starling.device.UpdateEffect;
import dev.starling.device.Work;
import dev.starling.metrics.DeviceInspection;
import dev.starling.metrics.DevicePrediction;
import dev.starling.metrics.KeptFigures;
import dev.starling.model.Evaluation;
import dev.starling.store.ModelRoot;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every class that may travel between nodes, with its fixed id. An id is never used again for another class; whoever
 * adds, removes or changes one raises {@link KryoSerializer#FORMAT}.
 */
final class MessageTypes {

    private static final int FIRST_ID = 100;

    private static final int MAX_DEPTH = 20;

    /** The id of a class is its place here, counted from {@link #FIRST_ID}. */
    private static final List<Class<?>> RECORDS = List.of(
            NodeAgent.Prepare.class,
            NodeAgent.Release.class,
            NodeAgent.Prepared.class,
            NodeAgent.Refused.class,
            RunSpec.class,
            DataFile.class,
            Featurizer.class,
            Featurizer.Affine.class,
            Featurizer.CategoryIndex.class,
            Featurizer.OneHot.class,
            Featurizer.Filled.class,
            BaseModels.Offer.class,
            BaseModels.Chunk.class,
            BaseModels.AskAt.class,
            BaseModels.Want.class,
            BaseModels.Pull.class,
            BaseModels.Here.class,
            ModelRoot.class,
            Aggregator.ReportTo.class,
            Aggregator.Close.class,
            Aggregator.Expect.class,
            Aggregator.Pull.class,
            Aggregator.Settle.class,
            Aggregator.Settled.class,
            KeptFigures.class,
            KeptFigures.OfForm.class,
            Aggregator.Stuck.class,
            Aggregator.Arrived.class,
            Aggregator.Closed.class,
            Aggregator.Chunk.class,
            RoundKey.class,
            FoldTotals.class,
            ExactScalar.class,
            Rejection.class,
            Device.Train.class,
            Device.Evaluate.class,
            Device.Inspect.class,
            Device.Evaluated.class,
            Device.Predict.class,
            Device.Recover.class,
            Device.Recovered.class,
            Lineage.class,
            UpdateEffect.class,
            Work.class,
            Work.Task.class,
            Evaluation.class,
            DeviceInspection.class,
            DevicePrediction.class,
            DeviceInspection.Work.class,
            SimTime.class,
            Understudies.StandBy.class,
            Understudies.Dismiss.class);

    private MessageTypes() {}

    static List<Class<?>> records() {
        return RECORDS;
    }

    /** Registers every class with its serializer; whatever else arrives is refused. */
    static void register(Kryo kryo, Serializer<?> actorRefs, Class<?> actorRefType) {
        kryo.setRegistrationRequired(true);
        kryo.setReferences(false);
        // Messages are shallow; damaged bytes may claim lists in lists without end.
        kryo.setMaxDepth(MAX_DEPTH);
        int id = FIRST_ID;
        for (Class<?> type : RECORDS) {
            kryo.register(type, id++);
        }
        kryo.register(actorRefType, actorRefs, 20);
        kryo.register(Ids.class, new IdsSerializer(), 21);
        kryo.register(Bytes.class, new BytesSerializer(), 22);
        kryo.register(BigDecimal.class, new ExactSerializer(), 23);
        kryo.register(Optional.class, 24);
        Serializer<List<?>> lists = new ListSerializer();
        kryo.register(List.of().getClass(), lists, 25);
        kryo.register(List.of(1).getClass(), lists, 26);
        kryo.register(ArrayList.class, lists, 27);
        kryo.addDefaultSerializer(List.class, lists);
    }

    private static final class IdsSerializer extends Serializer<Ids> {
        @Override
        public void write(Kryo kryo, Output output, Ids ids) {
            output.writeVarInt(ids.size(), true);
            ids.forEach(id -> output.writeVarInt(id, true));
        }

        @Override
        public Ids read(Kryo kryo, Input input, Class<? extends Ids> type) {
            int[] ids = new int[KryoSerializer.checkedSize(input.readVarInt(true), input)];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = input.readVarInt(true);
            }
            return Ids.of(ids);
        }
    }

    /** What is read stays in the array in which it was received, which is nobody else's and holds hardly anything else. */
    private static final class BytesSerializer extends Serializer<Bytes> {
        @Override
        public void write(Kryo kryo, Output output, Bytes bytes) {
            output.writeVarInt(bytes.size(), true);
            try {
                bytes.writeTo(output);
            } catch (IOException e) {
                throw new KryoException(e);
            }
        }

        @Override
        public Bytes read(Kryo kryo, Input input, Class<? extends Bytes> type) {
            int size = KryoSerializer.checkedSize(input.readVarInt(true), input);
            int from = input.position();
            input.skip(size);
            return Bytes.owning(input.getBuffer(), from, size);
        }
    }

    /** A sum of doubles, as {@link ExactScalar} holds it: no double has more decimals than {@link #MAX_SCALE}. */
    private static final class ExactSerializer extends Serializer<BigDecimal> {

        private static final int MAX_SCALE = 1074;

        @Override
        public void write(Kryo kryo, Output output, BigDecimal value) {
            byte[] unscaled = value.unscaledValue().toByteArray();
            output.writeVarInt(unscaled.length, true);
            output.writeBytes(unscaled);
            output.writeVarInt(value.scale(), true);
        }

        @Override
        public BigDecimal read(Kryo kryo, Input input, Class<? extends BigDecimal> type) {
            byte[] unscaled = input.readBytes(KryoSerializer.checkedSize(input.readVarInt(true), input));
            int scale = input.readVarInt(true);
            if (scale < 0 || scale > MAX_SCALE) {
                throw new KryoException("the scale of a sum must be 0 to " + MAX_SCALE + ", got " + scale);
            }
            return new BigDecimal(new BigInteger(unscaled), scale);
        }
    }

    /** Whatever kind of list was sent, an immutable one arrives. */
    private static final class ListSerializer extends Serializer<List<?>> {
        @Override
        public void write(Kryo kryo, Output output, List<?> list) {
            output.writeVarInt(list.size(), true);
            list.forEach(element -> kryo.writeClassAndObject(output, element));
        }

        @Override
        public List<?> read(Kryo kryo, Input input, Class<? extends List<?>> type) {
            int size = KryoSerializer.checkedSize(input.readVarInt(true), input);
            List<Object> list = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                list.add(kryo.readClassAndObject(input));
            }
            return List.copyOf(list);
        }
    }
}
