package dev.starling.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.starling.coordinator.NodeRoster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider;

/** The Pekko configuration of a node: {@code conf/application.conf}, and what its command line says on top. */
final class NodeConfig {

    /** One thread per training device, apart from everything that keeps the cluster alive. */
    static final String TRAINING_DISPATCHER = "starling.training-dispatcher";

    private NodeConfig() {}

    static Config of(NodeSettings settings) {
        List<String> roles = new ArrayList<>(settings.roles());
        if (roles.isEmpty()) {
            roles.add(NodeRoster.DEVICES_ROLE);
        }
        Map<String, Object> values = new HashMap<>();
        values.put("pekko.remote.artery.canonical.hostname", settings.host());
        settings.port().ifPresent(port -> values.put("pekko.remote.artery.canonical.port", port));
        values.put("pekko.cluster.roles", roles);
        values.put(TRAINING_DISPATCHER + ".thread-pool-executor.fixed-pool-size", settings.threads());
        settings.tls().ifPresent(tls -> values.putAll(encrypted(tls)));
        settings.bootstrap().ifPresent(name -> {
            values.put("pekko.management.http.hostname", settings.host());
            values.put("pekko.management.cluster.bootstrap.contact-point-discovery.service-name", name);
        });
        return ConfigFactory.parseMap(values, "command line").withFallback(ConfigFactory.load(OwnClasses.LOADER));
    }

    /** Both sides show a certificate of the authority; the files are read again from time to time. */
    private static Map<String, String> encrypted(TlsFiles tls) {
        String artery = "pekko.remote.artery.";
        return Map.of(
                artery + "transport", "tls-tcp",
                artery + "ssl.ssl-engine-provider", RotatingKeysSSLEngineProvider.class.getName(),
                artery + "ssl.rotating-keys-engine.key-file", tls.key().toString(),
                artery + "ssl.rotating-keys-engine.cert-file", tls.certificate().toString(),
                artery + "ssl.rotating-keys-engine.ca-cert-file",
                        tls.authority().toString());
    }
}
