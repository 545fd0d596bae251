package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeOptionsTest {

    @ParameterizedTest
    @CsvSource({"2,1,2", "2,2,2", "2,3,2", "2,4,1", "2,5,1", "1,3,1", "8,1,8", "8,2,8", "8,3,6", "8,4,4", "8,40,1"})
    void aNodeTrainsOnTwiceItsShareOfTheCoresButNeverOnMoreThanThereAre(int cores, int nodes, int threads) {
        assertThat(NodeOptions.usualThreads(cores, nodes)).isEqualTo(threads);
    }
}
