package dev.starling.cluster;

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

    OwnClasses(ClassLoader parent) {
        super(parent);
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
