package dev.starling.coordinator;

import dev.starling.aggregate.ExactScalar;
import dev.starling.aggregate.Rejection;
import dev.starling.model.Evaluation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Round outcomes as bytes: the fields one behind the other, lists and large numbers behind their length. */
final class OutcomeBytes {

    private OutcomeBytes() {}

    static byte[] of(RoundOutcome outcome) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(outcome.round());
            out.writeLong(outcome.closesMillis());
            out.writeInt(outcome.counted());
            out.writeInt(outcome.version());
            out.writeInt(outcome.rejections().size());
            for (Rejection rejection : outcome.rejections()) {
                out.writeInt(rejection.device());
                out.writeUTF(rejection.reason());
                out.writeBoolean(rejection.diverged());
            }
            write(out, outcome.lossSum());
            write(out, outcome.deviceLossSum());
            out.writeInt(outcome.losses().size());
            for (double loss : outcome.losses()) {
                out.writeDouble(loss);
            }
            out.writeLong(outcome.steps());
            out.writeLong(outcome.examples());
            out.writeDouble(outcome.norm());
            out.writeBoolean(outcome.evaluation().isPresent());
            if (outcome.evaluation().isPresent()) {
                write(out, outcome.evaluation().get());
            }
            out.writeDouble(outcome.measured().wallSeconds());
            out.writeDouble(outcome.measured().trainSeconds());
            out.writeLong(outcome.measured().nodeBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Throws IOException if {@code bytes} are not an outcome and nothing else. */
    static RoundOutcome read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            RoundOutcome outcome = new RoundOutcome(
                    in.readInt(),
                    in.readLong(),
                    in.readInt(),
                    in.readInt(),
                    rejections(in),
                    scalar(in),
                    scalar(in),
                    losses(in),
                    in.readLong(),
                    in.readLong(),
                    in.readDouble(),
                    in.readBoolean() ? Optional.of(evaluation(in)) : Optional.empty(),
                    new Measured(in.readDouble(), in.readDouble(), in.readLong()));
            if (in.available() > 0) {
                throw new IOException(in.available() + " bytes too many");
            }
            return outcome;
        }
    }

    private static List<Rejection> rejections(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Rejection> rejections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rejections.add(new Rejection(in.readInt(), in.readUTF(), in.readBoolean()));
        }
        return rejections;
    }

    private static List<Double> losses(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Double> losses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            losses.add(in.readDouble());
        }
        return losses;
    }

    private static void write(DataOutputStream out, ExactScalar scalar) throws IOException {
        byte[] digits = scalar.value().unscaledValue().toByteArray();
        out.writeInt(scalar.value().scale());
        out.writeInt(digits.length);
        out.write(digits);
    }

    private static ExactScalar scalar(DataInputStream in) throws IOException {
        int scale = in.readInt();
        byte[] digits = in.readNBytes(in.readInt());
        return new ExactScalar(new BigDecimal(new BigInteger(digits), scale));
    }

    private static void write(DataOutputStream out, Evaluation evaluation) throws IOException {
        out.writeLong(evaluation.examples());
        out.writeDouble(evaluation.lossSum());
        out.writeLong(evaluation.correct());
        out.writeDouble(evaluation.absoluteErrorSum());
        out.writeDouble(evaluation.squaredErrorSum());
    }

    private static Evaluation evaluation(DataInputStream in) throws IOException {
        return new Evaluation(in.readLong(), in.readDouble(), in.readLong(), in.readDouble(), in.readDouble());
    }
}
