package dev.starling.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class KeyedPermutationTest {

    private static KeyedPermutation of(int size, long seed) {
        return new KeyedPermutation(size, new Seeds(seed).of(Purpose.SELECTION));
    }

    @Test
    void everyValueStandsAtExactlyOnePlace() {
        for (int size : new int[] {1, 2, 3, 4, 5, 16, 17, 100, 1023, 1024, 1025, 70_000}) {
            KeyedPermutation permutation = of(size, size);
            BitSet seen = new BitSet(size);
            for (int place = 0; place < size; place++) {
                seen.set(permutation.at(place));
            }
            assertThat(seen.cardinality()).as("size %d", size).isEqualTo(size);
            assertThat(seen.length()).as("size %d", size).isEqualTo(size);
        }
    }

    @Test
    void everyValueIsAboutEquallyLikelyAtThePlacesThatAreLookedAtFirst() {
        int[] counts = new int[10];
        int keys = 20_000;
        for (int key = 0; key < keys; key++) {
            counts[of(10, key).at(0)]++;
            counts[of(10, key).at(1)]++;
        }
        for (int count : counts) {
            // Expected 0.1, standard deviation 0.0015 over 40,000 draws.
            assertThat(count / (2.0 * keys)).isCloseTo(0.1, within(0.008));
        }
    }

    @Test
    void aPlaceOutsideIsRefused() {
        assertThatThrownBy(() -> of(5, 1).at(5)).hasMessage("place must be 0 to 4, got 5");
        assertThatThrownBy(() -> of(0, 1)).hasMessage("a permutation must have at least 1 place, got 0");
    }
}
