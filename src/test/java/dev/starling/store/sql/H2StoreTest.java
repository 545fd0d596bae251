package dev.starling.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends ModelStoreContract {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @Override
    StoreSettings emptyDatabase() {
        return StoreSettings.directory(directory);
    }

    @Test
    void aDirectoryWithoutAStoreIsNotOne() {
        Path empty = directory.resolve("empty");
        assertThatThrownBy(() -> ModelStore.open(StoreSettings.directory(empty).existing()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(empty.toString())
                .hasMessageContaining("there is no model store here");
        assertThat(StoreSettings.isIn(empty)).isFalse();
        assertThat(StoreSettings.isIn(directory)).isTrue();
    }

    @Test
    void aFileThatIsNoDatabaseIsNamed() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("models.mv.db"), "nothing of the kind ".repeat(1000));
        assertThatThrownBy(() -> ModelStore.open(StoreSettings.directory(other)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not a model store");
    }

    @Test
    void aWrongPasswordANewerSchemaAndOtherTablesAreToldApart() throws Exception {
        StoreSettings wrong = StoreSettings.url(settings.url(), "starling", "guess");
        assertThatThrownBy(() -> ModelStore.open(wrong))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("refuses user starling");
        store.database()
                .transaction(connection ->
                        Sql.update(connection, "UPDATE \"flyway_schema_history\" SET \"version\" = '99'"));
        assertThatThrownBy(() -> ModelStore.open(settings))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("schema version 99")
                .hasMessageContaining("up to 3");
        String url = "jdbc:h2:file:" + directory.resolve("foreign");
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            connection.createStatement().execute("CREATE TABLE accounts (id INTEGER)");
        }
        assertThatThrownBy(() -> ModelStore.open(StoreSettings.url(url, "sa", "")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds other tables");
    }

    @Test
    void thePortForOtherProcessesIsOnLoopback() throws Exception {
        assertThat(Files.readString(directory.resolve("models.lock.db")))
                .containsPattern("server=(localhost|127\\.0\\.0\\.1)");
        assertThat(System.getProperty("h2.bindAddress")).isEqualTo("127.0.0.1");
    }
}
