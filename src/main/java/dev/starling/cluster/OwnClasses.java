package dev.starling.cluster;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * What Pekko looks classes up in by their names: its own, ours and the JDK's. Names come from its configuration, but
 * also from other nodes, and those must not choose from everything that lies on the class path. Libraries that work on
 * Pekko's threads, as JDBC does, find their own classes here too.
 */
final class OwnClasses extends ClassLoader {

    private static final List<String> PACKAGES =
            List.of("org.apache.pekko.", "dev.starling.", "com.typesafe.config.", "java.", "scala.");

    /** Behind every name that Pekko makes a class of. */
    private static final String LOOK_UP = "org.apache.pekko.actor.ReflectiveDynamicAccess";

    /** In every jar. */
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    /** One for all nodes of a JVM: what lies on the class path is found, and its settings are read, once. */
    static final OwnClasses LOADER = new OwnClasses(Node.class.getClassLoader());

    OwnClasses(ClassLoader parent) {
        super(parent);
    }

    /**
     * Pekko reads the manifests of all jars, to see whether its own are of one version. To read that of a signed jar is
     * to check the signature: a quarter of a second, and none of Pekko's is signed. So it is shown its own only.
     */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        Enumeration<URL> all = super.getResources(name);
        if (!name.equals(MANIFEST)) {
            return all;
        }
        return Collections.enumeration(Collections.list(all).stream()
                .filter(manifest -> manifest.getPath().contains("/pekko-"))
                .toList());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (PACKAGES.stream().noneMatch(name::startsWith) && pekkoAsks()) {
            throw new ClassNotFoundException(name + " is no class that nodes exchange");
        }
        return super.loadClass(name, resolve);
    }

    private static boolean pekkoAsks() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(LOOK_UP)));
    }
}
