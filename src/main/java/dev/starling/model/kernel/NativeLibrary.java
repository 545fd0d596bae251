package dev.starling.model.kernel;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A native library, loaded once; if it cannot be loaded it is missed with one warning line. */
public final class NativeLibrary {

    public static final NativeLibrary OPENBLAS = new NativeLibrary("OpenBLAS", NativeLibrary::loadOpenBlas);
    public static final NativeLibrary ONEDNN = new NativeLibrary("oneDNN", () -> Loader.load(dnnl.class));

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    private final String name;
    private final Runnable loader;
    private boolean tried;
    private boolean loaded;

    NativeLibrary(String name, Runnable loader) {
        this.name = name;
        this.loader = loader;
    }

    private static void loadOpenBlas() {
        Loader.load(openblas_nolapack.class);
        // Training threads are parallel on the outside: one thread a call.
        org.bytedeco.openblas.presets.openblas_nolapack.blas_set_num_threads(1);
    }

    /** Whether the library can be used; loads it at the first call. Safe to call from any thread. */
    public synchronized boolean available() {
        if (!tried) {
            tried = true;
            try {
                loader.run();
                loaded = true;
            } catch (LinkageError | RuntimeException missing) {
                LOG.warn("{} cannot be loaded, computing without it: {}", name, missing.toString());
            }
        }
        return loaded;
    }
}
