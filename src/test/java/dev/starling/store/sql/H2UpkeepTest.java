package dev.starling.store.sql;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2UpkeepTest extends StoreUpkeepContract {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @Override
    StoreSettings emptyDatabase() {
        return StoreSettings.directory(directory);
    }
}
