package dev.starling.model;

import dev.starling.model.kernel.NativeLibrary;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * ND4J and the kernels, brought up once: about 0.5 s, some seconds the first time on a machine, when the libraries are
 * unpacked. Call {@link #start()} early on a thread of its own, and it costs the user nothing.
 */
public final class Backend {

    private static final ThreadLocal<Boolean> CALM = ThreadLocal.withInitial(Backend::calm);

    private static boolean started;

    private Backend() {}

    /** Returns when everything is up. Later calls return at once; safe to call from any thread. */
    public static synchronized void start() {
        if (!started) {
            // ND4J writes its build to the log at start-up, and JavaCPP caps off-heap memory by the size of the heap.
            setUnlessGiven(ND4JSystemProperties.LOG_INITIALIZATION, "false");
            setUnlessGiven(ND4JSystemProperties.JAVACPP_MEMORY_MAX_BYTES, "0");
            setUnlessGiven(ND4JSystemProperties.JAVACPP_MEMORY_MAX_PHYSICAL_BYTES, "0");
            NativeLibrary.OPENBLAS.available();
            NativeLibrary.ONEDNN.available();
            Nd4j.createBuffer(DataType.FLOAT, 1, false).close();
            started = true;
        }
    }

    /**
     * Makes the native libraries use one thread when the calling thread calls them: fleets are trained with one thread
     * per core. OpenMP keeps this per thread, unless OMP_NUM_THREADS=1 was in the environment.
     */
    static void startThread() {
        start();
        CALM.get();
    }

    private static boolean calm() {
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        return true;
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Off-heap memory that tensors and kernels hold now, in bytes, as far as JavaCPP counts it. */
    public static long offHeapBytes() {
        return Pointer.totalBytes();
    }
}
