package dev.starling.cluster;

import java.util.List;

/**
 * What Pekko looks classes up in by their names: its own, ours and the JDK's. Names come from its configuration, but
 * also from other nodes, and those must not choose from everything that lies on the class path.
 */
final class OwnClasses extends ClassLoader {

    private static final List<String> PACKAGES =
            List.of("org.apache.pekko.", "dev.starling.", "com.typesafe.config.", "java.", "scala.");

    OwnClasses(ClassLoader parent) {
        super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (PACKAGES.stream().noneMatch(name::startsWith)) {
            throw new ClassNotFoundException(name + " is no class that nodes exchange");
        }
        return super.loadClass(name, resolve);
    }
}
