package dev.starling.model;

import dev.starling.model.kernel.NativeLibrary;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The kernels, and ND4J where somebody asks for its tensors: each brought up once, in about 0.2 s, some seconds the
 * first time on a machine, when the libraries are unpacked. Call {@link #start()} early on a thread of its own, and it
 * costs the user nothing.
 */
public final class Backend {

    private static final ThreadLocal<Boolean> CALM = ThreadLocal.withInitial(Backend::calm);

    /** Whether OpenMP starts with one thread anyway, in every thread. */
    private static final boolean ONE_THREAD = "1".equals(System.getenv("OMP_NUM_THREADS"));

    private static boolean started;
    private static boolean tensorsStarted;

    private Backend() {}

    /** Returns when the kernels are up. Later calls return at once; safe to call from any thread. */
    public static synchronized void start() {
        if (!started) {
            // JavaCPP caps off-heap memory by the size of the heap.
            setUnlessGiven(ND4JSystemProperties.JAVACPP_MEMORY_MAX_BYTES, "0");
            setUnlessGiven(ND4JSystemProperties.JAVACPP_MEMORY_MAX_PHYSICAL_BYTES, "0");
            NativeLibrary.OPENBLAS.available();
            NativeLibrary.ONEDNN.available();
            started = true;
        }
    }

    /** As {@link #start}, with ND4J. */
    static synchronized void startTensors() {
        start();
        if (!tensorsStarted) {
            // ND4J writes its build to the log at start-up.
            setUnlessGiven(ND4JSystemProperties.LOG_INITIALIZATION, "false");
            Nd4j.createBuffer(DataType.FLOAT, 1, false).close();
            tensorsStarted = true;
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
        if (ONE_THREAD) {
            return true;
        }
        startTensors(); // JavaCPP's own libraries have no word for it.
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
