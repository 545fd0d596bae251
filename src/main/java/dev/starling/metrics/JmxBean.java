package dev.starling.metrics;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** A bean registered as {@code dev.starling:type=…} until closed. */
public final class JmxBean implements AutoCloseable {

    private final ObjectName name;

    private JmxBean(ObjectName name) {
        this.name = name;
    }

    /** Registers {@code bean}; one of the same type that is still there (an earlier run in this JVM) makes way. */
    public static JmxBean register(String type, Object bean) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName name = new ObjectName("dev.starling:type=" + type);
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
            server.registerMBean(bean, name);
            return new JmxBean(name);
        } catch (JMException e) {
            throw new IllegalArgumentException(
                    "not a JMX bean: " + bean.getClass().getName(), e);
        }
    }

    @Override
    public void close() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
        } catch (JMException e) {
            throw new IllegalStateException("could not take " + name + " out of JMX", e);
        }
    }
}
