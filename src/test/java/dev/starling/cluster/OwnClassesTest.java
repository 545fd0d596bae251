package dev.starling.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.SimTime;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.sql.Driver;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.pekko.actor.ReflectiveDynamicAccess;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.util.Try;

class OwnClassesTest {

    private final OwnClasses classes = new OwnClasses(OwnClassesTest.class.getClassLoader());

    private Try<Class<? extends Object>> lookedUp(String name) {
        return new ReflectiveDynamicAccess(classes).getClassFor(name, ClassTag.<Object>apply(Object.class));
    }

    @Test
    void pekkoFindsItsOwnClassesAndOursByName() {
        assertThat(lookedUp("org.apache.pekko.actor.ActorRef").isSuccess()).isTrue();
        assertThat(lookedUp(SimTime.class.getName()).get()).isEqualTo(SimTime.class);
    }

    @Test
    void pekkoFindsNobodyElses() {
        assertThat(lookedUp("org.h2.Driver").isFailure()).isTrue();
        assertThat(lookedUp("picocli.CommandLine").isFailure()).isTrue();
    }

    @Test
    void librariesOnPekkosThreadsFindTheirs() {
        List<String> drivers = ServiceLoader.load(Driver.class, classes).stream()
                .map(driver -> driver.type().getName())
                .toList();
        assertThat(drivers).contains("org.h2.Driver", "org.postgresql.Driver");
    }

    @Test
    void ofManifestsPekkoReadsItsOwnOnlyAndAllOfThem() throws IOException {
        List<URL> manifests = Collections.list(classes.getResources("META-INF/MANIFEST.MF"));
        assertThat(manifests)
                .isNotEmpty()
                .allMatch(manifest -> manifest.getPath().contains("/pekko-"));
        assertThat(manifests).hasSize((int)
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .filter(entry -> entry.contains("pekko-"))
                        .count());
    }
}
