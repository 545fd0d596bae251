package dev.starling.store.form;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.DamagedModelException;

/**
 * Models as bytes and back, bit for bit: any float round-trips, NaN payloads and −0 included. The first byte has the format
 * version in its high half and the form in the low one; the last four are a CRC-32C. Safe to use from many threads.
 *
 * <p>A payload does not say which model it is: after a recovery, compare the model's root with the one that was kept.
 * Bytes that were damaged, truncated or made up throw {@link DamagedModelException} and nothing else, and take no more memory
 * than a model of the layout does.
 */
public final class VersionCodec {

    private static final int FORMAT = 1;

    /** What a payload holds; the code stands in its first byte. */
    enum Form {
        SNAPSHOT(0),
        DELTA(1),
        ADOPTED(2);

        private final int code;

        Form(int code) {
            this.code = code;
        }
    }

    private VersionCodec() {}

    /** {@code model} on its own. */
    public static byte[] encode(Snapshot model) {
        PayloadWriter out = begin(Form.SNAPSHOT);
        SnapshotForm.write(model, out);
        return out.sealed();
    }

    /** The model that {@link #encode} was given; {@code layout} must be its own. */
    public static Snapshot decode(byte[] payload, TensorLayout layout) {
        PayloadReader in = new PayloadReader(payload);
        Form form = form(in);
        if (form != Form.SNAPSHOT) {
            throw DamagedModelException.payload("a snapshot was expected, they are of form " + form);
        }
        Snapshot model = SnapshotForm.read(in, layout);
        in.requireEnd();
        return model;
    }

    /** What leads from {@code against} to {@code model}, whose tensors must have the same names and shapes. */
    public static byte[] encodeDelta(Snapshot model, Snapshot against) {
        requireSameTensors(model.layout(), against.layout());
        PayloadWriter out = begin(Form.DELTA);
        DeltaForm.write(model, against, out);
        return out.sealed();
    }

    /**
     * The model that {@link #encodeDelta} was given with the same {@code against}, or that {@link AdoptedModel#adopt} made
     * of that base.
     */
    public static Snapshot decodeDelta(byte[] payload, Snapshot against) {
        PayloadReader in = new PayloadReader(payload);
        Snapshot model = switch (form(in)) {
            case DELTA -> DeltaForm.read(in, against);
            case ADOPTED -> AdoptedForm.read(in, against);
            case SNAPSHOT -> throw DamagedModelException.payload("a delta was expected, they are a snapshot");
        };
        in.requireEnd();
        return model;
    }

    static PayloadWriter begin(Form form) {
        PayloadWriter out = new PayloadWriter();
        out.put((FORMAT << 4) | form.code);
        return out;
    }

    private static Form form(PayloadReader in) {
        int first = in.next();
        if (first >> 4 != FORMAT) {
            throw DamagedModelException.payload(
                    "their format is " + (first >> 4) + ", this version reads format " + FORMAT);
        }
        for (Form form : Form.values()) {
            if (form.code == (first & 0xF)) {
                return form;
            }
        }
        throw DamagedModelException.payload("there is no form " + (first & 0xF));
    }

    static void requireSameTensors(TensorLayout mine, TensorLayout theirs) {
        boolean same = mine.tensors().size() == theirs.tensors().size();
        for (int i = 0; same && i < mine.tensors().size(); i++) {
            TensorSpec tensor = mine.tensors().get(i);
            TensorSpec other = theirs.tensors().get(i);
            same = tensor.name().equals(other.name()) && tensor.shape().equals(other.shape());
        }
        if (!same) {
            throw new IllegalArgumentException(
                    "a delta needs two models of the same tensors, got " + mine + " and " + theirs);
        }
    }
}
