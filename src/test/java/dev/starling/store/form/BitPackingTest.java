package dev.starling.store.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.store.DamagedModelException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BitPackingTest {

    private static byte[] packed(int[] values) {
        PayloadWriter out = new PayloadWriter();
        BitPacking.write(Arrays.copyOf(values, BitPacking.room(values.length)), values.length, out);
        return out.sealed();
    }

    private static int[] unpacked(byte[] payload, int count) {
        PayloadReader in = new PayloadReader(payload);
        int[] values = new int[BitPacking.room(count)];
        Arrays.fill(values, -1);
        BitPacking.read(in, values, count);
        in.requireEnd();
        return Arrays.copyOf(values, count);
    }

    @Test
    void numbersOfEveryWidthComeBack() {
        Rng rng = new Seeds(1).of(Purpose.GENERATE_DATA);
        for (int width = 0; width <= 32; width++) {
            for (int count : new int[] {1, 7, 8, 9, 64, 100}) {
                int[] values = new int[count];
                for (int i = 0; i < count; i++) {
                    values[i] = (int) ((rng.nextLong() >>> 32) & ((1L << width) - 1));
                }
                assertThat(unpacked(packed(values), count))
                        .as("%d numbers of %d bits", count, width)
                        .isEqualTo(values);
            }
        }
    }

    /** Groups that are a long beside groups that are not, and one of either kind at the end. */
    @Test
    void groupsOfAllWidthsComeBackBesideEachOther() {
        for (int seed = 0; seed < 500; seed++) {
            Rng rng = new Seeds(seed).of(Purpose.GENERATE_DATA);
            int[] values = new int[1 + rng.nextInt(300)];
            int width = 0;
            for (int i = 0; i < values.length; i++) {
                width = i % 8 == 0 ? rng.nextInt(33) : width;
                values[i] = (int) ((rng.nextLong() >>> 32) & ((1L << width) - 1));
            }
            assertThat(unpacked(packed(values), values.length))
                    .as("seed %d", seed)
                    .isEqualTo(values);
        }
    }

    @Test
    void aGroupTakesAsManyBytesAsItsLargestNumberHasBits() {
        int[] values = new int[24];
        values[3] = 5;
        values[9] = -1;
        int widths = 2;
        assertThat(packed(values)).hasSize(widths + 3 + 32 + PayloadWriter.CHECKSUM_BYTES);
    }

    @Test
    void whatStandsBehindTheNumbersDoesNotCount() {
        int[] values = new int[8];
        Arrays.fill(values, -1);
        values[0] = 1;
        PayloadWriter out = new PayloadWriter();
        BitPacking.write(values, 1, out);
        assertThat(out.sealed()).hasSize(1 + 1 + PayloadWriter.CHECKSUM_BYTES);
    }

    @Test
    void missingBitsAreRefused() {
        PayloadWriter out = new PayloadWriter();
        out.put(15);
        out.put(new byte[31], 0, 31);
        byte[] payload = out.sealed();
        assertThatThrownBy(() -> unpacked(payload, 8)).isInstanceOf(DamagedModelException.class);
    }
}
