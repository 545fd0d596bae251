package dev.starling.data;

import static dev.starling.data.TestFiles.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive was written by NumPy: most arrays are numpy.arange(24).reshape(2, 3, 4) in another form. */
class NumpyFormsTest {

    private static final Path FILE = TestFiles.resource("numpy/forms.npz");
    private static final Map<String, NpyArray> ARRAYS = Npz.readArrays(FILE, name -> !name.equals("texts"));

    private static NpyArray array(String name) {
        return Npz.require(ARRAYS, name, FILE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "le_f2",
                "le_f4",
                "le_f8",
                "le_i1",
                "le_u1",
                "le_i2",
                "le_u2",
                "le_i4",
                "le_u4",
                "le_i8",
                "le_u8",
                "be_f2",
                "be_f4",
                "be_f8",
                "be_i2",
                "be_u2",
                "be_i4",
                "be_u4",
                "be_i8",
                "be_u8",
                "fortran",
                "fortran_be"
            })
    void everyTypeInEveryOrderIsTheSameNumbers(String name) {
        float[] floats = array(name).toFloats();
        int[] ints = array(name).toInts();
        assertThat(array(name).shape()).containsExactly(2, 3, 4);
        assertThat(floats).hasSize(24);
        for (int i = 0; i < 24; i++) {
            assertThat(floats[i]).isEqualTo(i);
            assertThat(ints[i]).isEqualTo(i);
        }
    }

    @Test
    void trueIsOneAndFalseIsZero() {
        assertThat(array("bool").type()).isEqualTo(NpyType.BOOL);
        assertThat(array("bool").toInts()).startsWith(0, 1, 0, 0, 1, 0, 0, 1);
    }

    /** NumPy was given 1.5, -2, 6e-8, 65504, 6.1e-5 and 0.333: subnormal ones, the largest, and one that is rounded. */
    @Test
    void halvesAreWhatNumpySaysTheyAre() {
        NpyArray halves = array("half");
        assertThat(NpyArray.of(List.of(6), floats(halves)).toFloats())
                .containsExactly(1.5f, -2, 0x1p-24f, 65504, 1023 * 0x1p-24f, 341 / 1024f);
        assertRefused(halves::toFloats, "half", "must hold finite float32 values, got NaN at element 6");
    }

    private static float[] floats(NpyArray halves) {
        byte[] first = java.util.Arrays.copyOf(halves.toBytes(), 12);
        return new NpyArray("", NpyType.FLOAT16, List.of(6), first).toFloats();
    }

    @Test
    void unsignedNumbersBeyondLongStayPositive() {
        assertThat(array("huge").toFloats()).containsExactly(0x1p64f, 7);
        assertRefused(() -> array("huge").toInts(), "must hold 32-bit values, got 18446744073709551615 at element 0");
    }

    @Test
    void textsAreRefusedWithTheWayToNumberThem() {
        assertRefused(() -> Npz.readArrays(FILE), "texts: must be of numbers", "got <U1", "return_inverse=True");
    }
}
