package dev.starling.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.store.StoreUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    /** As H2 2.5 wraps what a write to its file ended with: the database is lost, and opened anew when there is room. */
    @Test
    void whatTheDiskSaidIsPassedOn() {
        RuntimeException file =
                new IllegalStateException("Writing to a file failed", new IOException("No space left on device"));
        SQLException lost = new SQLException("General error", "HY000", 50000, file);

        assertThat(Failures.isLost(lost)).isTrue();
        assertThat(Failures.of("here", lost))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("model store here cannot be written: No space left on device");
    }

    @Test
    void aFailureOnTheWayToTheDatabaseIsNotOfTheDisk() {
        SQLException cut = new SQLException("broken", "08006", 0, new IOException("Connection reset"));

        assertThat(Failures.isLost(cut)).isFalse();
        assertThat(Failures.of("here", cut))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("model store here cannot be reached: broken");
    }

    /** Processes that share a file hear no cause, and see their connections end when the one that has it gives it up. */
    @Test
    void whatAnotherProcessHasLostIsLost() {
        SQLException told = new SQLException(
                "General error: \"org.h2.mvstore.MVStoreException: Writing to the file failed\"; SQL statement:\nCOMMIT",
                "HY000",
                50000);
        assertThat(Failures.isLost(told)).isTrue();
        assertThat(Failures.of("here", told))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("model store here cannot be written: General error: ")
                .hasMessageNotContainingAny("COMMIT");
        assertThat(Failures.isLost(new SQLException("Connection is broken", "90067", 90067)))
                .isTrue();
        assertThat(Failures.isLost(new SQLException("General error: a defect", "HY000", 50000)))
                .isFalse();
    }
}
