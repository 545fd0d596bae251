package dev.starling.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.store.StoreUnavailableException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiskRoomTest {

    private static DiskRoom of(String url) {
        return DiskRoom.of(StoreSettings.url(url, "starling", ""));
    }

    @Test
    void onlyFilesOfThisMachineNeedRoomOnItsDisks() {
        assertThat(DiskRoom.of(StoreSettings.directory(Path.of("/data/store"))).directory())
                .contains(Path.of("/data/store"));
        assertThat(of("jdbc:h2:/data/models;WRITE_DELAY=0").directory()).contains(Path.of("/data"));
        assertThat(of("jdbc:h2:mem:models").directory()).isEmpty();
        assertThat(of("jdbc:h2:tcp://host/models").directory()).isEmpty();
        assertThat(of("jdbc:postgresql://host/models").directory()).isEmpty();
    }

    @Test
    void aDiskThatIsNearlyFullIsWaitedFor() {
        assertThatThrownBy(() -> DiskRoom.require("x", (64L << 20) - 1))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("model store x has 63 MB left on its disk, and goes on with 64");
        assertThatCode(() -> DiskRoom.require("x", 64L << 20)).doesNotThrowAnyException();
    }
}
