package dev.starling.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Bytes;
import dev.starling.store.ModelRoot;
import org.junit.jupiter.api.Test;

class DownloadTest {

    private final Download download = new Download(10, new ModelRoot("0".repeat(64)), BaseModels.WHOLE, 0, false);

    private static Bytes bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Bytes.of(bytes);
    }

    @Test
    void chunksInAnyOrderMakeTheWhole() {
        download.put(8, bytes(9, 10));
        download.put(0, bytes(1, 2, 3, 4));
        assertThat(download.complete()).isFalse();
        download.put(4, bytes(5, 6, 7, 8));
        assertThat(download.complete()).isTrue();
        assertThat(download.bytes()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void aChunkThatCameBeforeIsIgnored() {
        download.put(0, bytes(1, 2, 3, 4, 5));
        download.put(0, bytes(9, 9, 9, 9, 9));
        assertThat(download.complete()).isFalse();
        download.put(5, bytes(6, 7, 8, 9, 10));
        assertThat(download.bytes()).startsWith(1, 2, 3);
        assertThat(download.complete()).isTrue();
    }

    @Test
    void aChunkThatDoesNotFitIsIgnored() {
        download.put(8, bytes(1, 2, 3));
        download.put(-1, bytes(1, 2));
        assertThat(download.bytes()).containsOnly(0);
        assertThat(download.complete()).isFalse();
    }

    @Test
    void aFewChunksAreUnderWayAtATime() {
        assertThat(download.nextPulls(3, 2)).containsExactly(0, 3);
        assertThat(download.nextPulls(3, 2)).isEmpty();
        download.put(3, bytes(1, 1, 1));
        assertThat(download.nextPulls(3, 2)).containsExactly(6);
        download.put(0, bytes(1, 1, 1));
        assertThat(download.nextPulls(3, 2)).containsExactly(9);
    }

    @Test
    void whatIsLostIsPulledAgainOnceNothingArrivesAnyMore() {
        assertThat(download.nextPulls(5, 8)).containsExactly(0, 5);
        download.put(0, bytes(1, 1, 1, 1, 1));
        download.restartStalled();
        assertThat(download.nextPulls(5, 8)).as("something arrived since").isEmpty();
        download.restartStalled();
        assertThat(download.nextPulls(5, 8)).as("late by one check").isEmpty();
        download.restartStalled();
        assertThat(download.nextPulls(5, 8)).containsExactly(5);
    }

    @Test
    void whatComesUnaskedIsPulledOnlyIfItIsLost() {
        Download ahead = new Download(2 * BaseModels.CHUNK_BYTES, new ModelRoot("0".repeat(64)), 1, 10, false);
        assertThat(ahead.nextPulls(BaseModels.CHUNK_BYTES, 8)).containsExactly(BaseModels.CHUNK_BYTES);
        ahead.restartStalled();
        ahead.restartStalled();
        ahead.restartStalled();
        assertThat(ahead.nextPulls(BaseModels.CHUNK_BYTES, 8)).containsExactly(0, BaseModels.CHUNK_BYTES);
    }

    @Test
    void whatHasOnlyJustBegunIsNotTakenForLost() {
        assertThat(download.nextPulls(5, 8)).containsExactly(0, 5);
        download.restartStalled();
        assertThat(download.nextPulls(5, 8)).as("pulled since the last check").isEmpty();
        download.restartStalled();
        assertThat(download.nextPulls(5, 8)).as("late by one check").isEmpty();
        download.restartStalled();
        assertThat(download.nextPulls(5, 8)).containsExactly(0, 5);
    }
}
