package dev.starling.model.kernel;

import java.util.Arrays;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/** One oneDNN primitive with its arguments, made once for its shapes and run many times without allocating. */
final class OneDnnPrimitive implements AutoCloseable {

    /** No special attributes. */
    static final dnnl_primitive_attr DEFAULTS = new dnnl_primitive_attr((Pointer) null);

    private static final dnnl_engine ENGINE = engine();

    private final dnnl_primitive_desc description;
    private final dnnl_primitive primitive = new dnnl_primitive();
    private final dnnl_stream stream = stream();
    private final dnnl_exec_arg_t arguments;
    private final dnnl_memory[] memories;
    private final long[] addresses;
    private final Window window = new Window();
    private boolean closed;

    /**
     * @param description becomes this object's and is freed with it
     * @param names DNNL_ARG_… of each argument
     * @param shapes of each argument, in the same order
     */
    OneDnnPrimitive(dnnl_primitive_desc description, int[] names, dnnl_memory_desc... shapes) {
        this.description = description;
        check(dnnl.dnnl_primitive_create(primitive, description), "create");
        arguments = new dnnl_exec_arg_t(names.length);
        memories = new dnnl_memory[names.length];
        addresses = new long[names.length];
        for (int i = 0; i < names.length; i++) {
            memories[i] = new dnnl_memory();
            check(dnnl.dnnl_memory_create(memories[i], shapes[i], ENGINE, (Pointer) null), "memory");
            arguments.position(i).arg(names[i]).memory(memories[i]);
        }
        arguments.position(0);
    }

    static dnnl_engine engineOfAll() {
        return ENGINE;
    }

    private static dnnl_engine engine() {
        dnnl_engine engine = new dnnl_engine();
        check(dnnl.dnnl_engine_create(engine, dnnl.dnnl_cpu, 0), "engine");
        return engine;
    }

    /** One for each primitive: oneDNN does not promise that threads may share one. */
    private static dnnl_stream stream() {
        dnnl_stream stream = new dnnl_stream();
        check(dnnl.dnnl_stream_create(stream, ENGINE, dnnl.dnnl_stream_default_flags), "stream");
        return stream;
    }

    static void check(int status, String what) {
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("oneDNN " + what + " failed with status " + status);
        }
    }

    /** A float32 shape in a format. */
    static dnnl_memory_desc shape(int format, long... sizes) {
        dnnl_memory_desc shape = new dnnl_memory_desc();
        check(
                dnnl.dnnl_memory_desc_create_with_tag(shape, sizes.length, sizes, dnnl.dnnl_f32, format),
                "shape " + Arrays.toString(sizes));
        return shape;
    }

    /** The shape that the primitive chose for one of its arguments; owned by the primitive. */
    dnnl_memory_desc chosen(int query) {
        return chosen(description, query);
    }

    static dnnl_memory_desc chosen(dnnl_primitive_desc description, int query) {
        return dnnl.dnnl_primitive_desc_query_md(description, query, 0);
    }

    dnnl_primitive_desc description() {
        return description;
    }

    /** Argument {@code index} lies in {@code memory} from value {@code at}. */
    OneDnnPrimitive on(int index, FloatMemory memory, int at) {
        long address = memory.address(at);
        if (addresses[index] != address) {
            addresses[index] = address;
            check(dnnl.dnnl_memory_set_data_handle(memories[index], window.moveTo(address)), "address");
        }
        return this;
    }

    void run() {
        check(dnnl.dnnl_primitive_execute(primitive, stream, memories.length, arguments), "execute");
    }

    @Override
    public void close() {
        if (closed) {
            return; // a second free of native memory would take the whole JVM down
        }
        closed = true;
        for (dnnl_memory memory : memories) {
            dnnl.dnnl_memory_destroy(memory);
        }
        dnnl.dnnl_primitive_destroy(primitive);
        dnnl.dnnl_stream_destroy(stream);
        dnnl.dnnl_primitive_desc_destroy(description);
        arguments.close();
    }
}
