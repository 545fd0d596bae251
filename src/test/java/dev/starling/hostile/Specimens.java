package dev.starling.hostile;

import dev.starling.hostile.Specimen.Archive;
import dev.starling.hostile.Specimen.Binary;
import dev.starling.hostile.Specimen.Bytes;
import dev.starling.hostile.Specimen.Content;
import dev.starling.hostile.Specimen.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** One small valid specimen of every kind of file that a scenario may name. */
final class Specimens {

    private static final int TRAIN = 40;
    private static final int TEST = 10;
    private static final String FLEET = """
            local { epochs = 1, batch = 5 }
            fleet.devices = 4
            rounds { max = 2, cohort = 2 }
            """;

    private static final List<String> COLOURS = List.of("red", "green", "blue");

    private Specimens() {}

    static List<Specimen> all() {
        return List.of(
                rows(),
                owned(),
                images(),
                tokens(),
                regression(),
                multiLabel(),
                idx(),
                cifar(),
                table(),
                sorted(),
                trace(
                        "trace.csv",
                        "device,start,end,state\n0,0,3600,active\n0,3600,7200,idle+charging\n1,60,7200,active\n"),
                trace(
                        "trace.json",
                        "{\"0\":{\"active\":[0],\"inactive\":[50],\"finish_time\":300},"
                                + "\"1\":{\"active\":[5, 90],\"inactive\":[60, 120],\"finish_time\":300}}"),
                capacities("capacities.csv", "device,computation,communication\n1,37.5,2000\n2,120,512.25\n"),
                capacities(
                        "capacities.json",
                        "{\"1\": {\"computation\": 37.5, \"communication\": 2000},"
                                + " \"2\": {\"communication\": 512.25, \"computation\": 120.0}}"),
                cohorts(),
                initial(),
                settings());
    }

    private static Specimen npz(String name, String settings, Map<String, byte[]> arrays) {
        Map<String, Bytes> wrapped = new LinkedHashMap<>();
        arrays.forEach((array, bytes) -> wrapped.put(array, new Bytes(bytes)));
        String source = "data.source { kind = npz, file = data.npz }\n";
        return new Specimen(name, source + FLEET + settings, Map.of("data.npz", new Archive(wrapped)));
    }

    private static Map<String, byte[]> four(String shape, int width, byte[] trainTargets, byte[] testTargets) {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("x_train", Npys.floats(TRAIN + "," + shape, normal(TRAIN * width)));
        arrays.put("y_train", trainTargets);
        arrays.put("x_test", Npys.floats(TEST + "," + shape, normal(TEST * width)));
        arrays.put("y_test", testTargets);
        return arrays;
    }

    private static Specimen rows() {
        return npz(
                "rows of numbers",
                "data.partition { kind = shards, per-device = 2 }\n",
                four("6", 6, Npys.longs(TRAIN + ",", labels(TRAIN)), Npys.longs(TEST + ",", labels(TEST))));
    }

    private static Specimen owned() {
        Map<String, byte[]> arrays =
                four("6", 6, Npys.longs(TRAIN + ",", labels(TRAIN)), Npys.longs(TEST + ",", labels(TEST)));
        arrays.put("offsets", Npys.longs("5,", 0, 10, 20, 30, 40));
        long[] all = new long[TRAIN];
        for (int i = 0; i < TRAIN; i++) {
            all[i] = TRAIN - 1L - i;
        }
        arrays.put("indices", Npys.longs(TRAIN + ",", all));
        return npz("rows with owners", "data.partition.kind = from-file\n", arrays);
    }

    private static Specimen images() {
        return npz(
                "images",
                "model.layers = [{ type = conv, channels = 2, kernel = 3 }, { type = max-pool, size = 2 }]\n",
                four("1,6,6", 36, Npys.longs(TRAIN + ",", labels(TRAIN)), Npys.longs(TEST + ",", labels(TEST))));
    }

    private static Specimen tokens() {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("x_train", Npys.longs(TRAIN + ",5", numbers(TRAIN * 5, 6)));
        arrays.put("y_train", Npys.longs(TRAIN + ",", labels(TRAIN)));
        arrays.put("x_test", Npys.longs(TEST + ",5", numbers(TEST * 5, 6)));
        arrays.put("y_test", Npys.longs(TEST + ",", labels(TEST)));
        return npz(
                "tokens",
                "model.layers = [{ type = embed-tokens, vocabulary = 6, dimensions = 3 }, { type = gru, units = 4 }]\n",
                arrays);
    }

    private static Specimen regression() {
        return npz(
                "numbers to predict",
                "model.loss = mse\n",
                four("3", 3, Npys.floats(TRAIN + ",", normal(TRAIN)), Npys.floats(TEST + ",", normal(TEST))));
    }

    private static Specimen multiLabel() {
        return npz(
                "several labels an example",
                "model.loss = sigmoid-cross-entropy\n",
                four("3", 3, Npys.floats(TRAIN + ",2", bits(2 * TRAIN)), Npys.floats(TEST + ",2", bits(2 * TEST))));
    }

    private static Specimen idx() {
        String source = """
                data.source {
                  kind = idx
                  train-images = ti
                  train-labels = tl
                  test-images = ei.gz
                  test-labels = el
                }
                """;
        Map<String, Content> files = new LinkedHashMap<>();
        files.put("ti", binary(idxOf(TRAIN, 4, 4)));
        files.put("tl", binary(idxOf(TRAIN)));
        files.put("ei.gz", binary(gzip(idxOf(TEST, 4, 4))));
        files.put("el", binary(idxOf(TEST)));
        return new Specimen("IDX", source + FLEET, files);
    }

    private static Specimen cifar() {
        String source = "data.source { kind = cifar10, train = [a.bin], test = [b.bin] }\n";
        byte[] records = new byte[8 * 3073];
        new Random(4).nextBytes(records);
        for (int i = 0; i < 8; i++) {
            records[i * 3073] = (byte) i;
        }
        return new Specimen("CIFAR-10", source + FLEET, Map.of("a.bin", binary(records), "b.bin", binary(records)));
    }

    private static Specimen table() {
        StringBuilder rows = new StringBuilder("a,b,c,t\n");
        Random random = new Random(5);
        for (int i = 0; i < TRAIN; i++) {
            rows.append(random.nextInt(100))
                    .append(',')
                    .append(random.nextFloat())
                    .append(",");
            rows.append(COLOURS.get(i % 3)).append(',').append(i % 5).append('\n');
        }
        return csv("table", "numerical = [a, b], categorical = [c], target = t, target-classes = 5", rows);
    }

    private static Specimen sorted() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < TRAIN; i++) {
            rows.append(i / 10)
                    .append("  ")
                    .append(i * 0.5)
                    .append(' ')
                    .append(i - 3e-2)
                    .append("\r\n");
        }
        String columns = "delimiter = \" \", header = false, numerical = [1], target = 2";
        Specimen plain = csv("table without a header", columns, rows);
        String byColumn = "data.partition { kind = by-column, column = 0 }\n";
        return new Specimen(plain.name(), plain.scenario() + byColumn, plain.files());
    }

    private static Specimen csv(String name, String columns, CharSequence rows) {
        String source = "data.source { kind = csv, file = data.csv, " + columns + " }\n";
        return new Specimen(name, source + FLEET, Map.of("data.csv", new Text(rows.toString())));
    }

    private static Specimen trace(String file, String text) {
        String life = "fleet.availability { kind = trace, file = " + file + " }\n";
        return new Specimen("trace " + file, made() + FLEET + life, Map.of(file, new Text(text)));
    }

    private static Specimen capacities(String file, String text) {
        String table = "fleet.capacities { file = " + file + ", flops-per-sample = 12800 }\n";
        return new Specimen("capacities " + file, made() + FLEET + table, Map.of(file, new Text(text)));
    }

    private static Specimen cohorts() {
        byte[] drawn = Npys.longs("2,2", 0, 1, 2, 3);
        return new Specimen(
                "cohorts", made() + FLEET + "rounds.cohorts = drawn.npy\n", Map.of("drawn.npy", binary(drawn)));
    }

    private static Specimen initial() {
        Map<String, Bytes> tensors = new LinkedHashMap<>();
        tensors.put("a", new Bytes(Npys.floats("10,784", normal(7840))));
        tensors.put("b", new Bytes(Npys.floats("10,", normal(10))));
        return new Specimen(
                "initial model",
                made() + FLEET + "model.init-from = first.npz\n",
                Map.of("first.npz", new Archive(tensors)));
    }

    private static Specimen settings() {
        return new Specimen("settings", made() + FLEET, Map.of());
    }

    private static String made() {
        return "data.source { kind = glyphs, train-examples = 60, test-examples = 20 }\n";
    }

    private static Binary binary(byte[] bytes) {
        return new Binary(new Bytes(bytes));
    }

    /** Labels if there are no further sizes, else noise. */
    private static byte[] idxOf(int count, int... sizes) {
        int width = 1;
        for (int size : sizes) {
            width *= size;
        }
        ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * sizes.length + count * width);
        bytes.put(new byte[] {0, 0, 8, (byte) (1 + sizes.length)}).putInt(count);
        for (int size : sizes) {
            bytes.putInt(size);
        }
        Random random = new Random(count);
        while (bytes.hasRemaining()) {
            bytes.put((byte) (sizes.length == 0 ? bytes.position() % 10 : random.nextInt(256)));
        }
        return bytes.array();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static float[] normal(int count) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] bits(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i % 2;
        }
        return values;
    }

    private static long[] labels(int count) {
        return numbers(count, 5);
    }

    private static long[] numbers(int count, int bound) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = i % bound;
        }
        return values;
    }
}
