package dev.starling.hostile;

import dev.starling.hostile.Specimen.Archive;
import dev.starling.hostile.Specimen.Binary;
import dev.starling.hostile.Specimen.Bytes;
import dev.starling.hostile.Specimen.Content;
import dev.starling.hostile.Specimen.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Changes one file by chance: as an accident would, as another program would, or as somebody who means harm would. */
final class Mutation {

    private static final List<String> CELLS = List.of(
            "",
            " ",
            "NA",
            "NaN",
            "?",
            "-",
            "null",
            "inf",
            "-1",
            "0",
            "1e309",
            "1e38",
            "-1e-400",
            "2147483648",
            "9223372036854775808",
            "0.5",
            "1,5",
            "\"",
            "\"a\"\"b\"",
            "\u0000",
            "\ufeff",
            "é",
            "1 000",
            "50%",
            "0x10",
            "2024-02-30",
            "true",
            "=1+1",
            "a".repeat(3000),
            "999999999999999999999999");

    private static final List<String> TYPES = List.of(
            "<f4",
            "<f8",
            ">f4",
            "<f2",
            "|b1",
            "|u1",
            "|i1",
            "<u8",
            "<i8",
            ">i8",
            "<c8",
            "|O",
            "<U5",
            "|S3",
            "<M8[ns]",
            "[('a', '<f4')]",
            "",
            "<f",
            "<f16",
            "<i3",
            "x");

    private static final List<String> SHAPES = List.of(
            "",
            "0,",
            "1,",
            "40",
            "40,1",
            "40,0",
            "-1,",
            "2147483647,",
            "2147483648,",
            "4294967296,4294967296",
            "46341,46341",
            "1,40,6",
            "6,40",
            "10,1,1,1,1,1",
            "9223372036854775807,2",
            "3000000000,0",
            "a,",
            "4.5,");

    private static final long[] WHOLE = {
        -1, 0, 1, 4, 5, 255, 256, 1L << 24, Integer.MAX_VALUE, 1L << 31, 1_000_000_000, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private static final float[] REAL = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        -0f,
        2.5f,
        -1,
        Float.MIN_VALUE,
        Float.MAX_VALUE,
        1e9f,
        16777217
    };

    private final Random random;

    Mutation(Random random) {
        this.random = random;
    }

    Content change(Content content) {
        if (content instanceof Text text && random.nextInt(4) > 0) {
            return new Text(text(text.text()));
        } else if (content instanceof Archive archive && random.nextInt(5) > 0) {
            return archive(archive);
        }
        return new Binary(new Bytes(bytes(content.bytes())));
    }

    private Archive archive(Archive archive) {
        Map<String, Bytes> arrays = new TreeMap<>(archive.arrays());
        List<String> names = List.copyOf(arrays.keySet());
        String name = names.get(random.nextInt(names.size()));
        byte[] array =
                archive.arrays().getOrDefault(name, new Bytes(new byte[0])).array();
        if (!Npys.isWhole(array)) {
            arrays.put(name, new Bytes(bytes(array)));
            return new Archive(arrays);
        }
        switch (random.nextInt(10)) {
            case 0 -> arrays.remove(name);
            case 1 -> {
                arrays.remove(name);
                arrays.put(name + "_", new Bytes(array));
            }
            case 2 -> {
                String other = names.get(random.nextInt(names.size()));
                arrays.put(name, archive.arrays().getOrDefault(other, new Bytes(array)));
            }
            case 3 -> arrays.put(name, new Bytes(bytes(array)));
            case 4 -> arrays.put(name, new Bytes(header(array, TYPES.get(random.nextInt(TYPES.size())), null)));
            case 5 -> arrays.put(name, new Bytes(header(array, null, SHAPES.get(random.nextInt(SHAPES.size())))));
            default -> arrays.put(name, new Bytes(value(array)));
        }
        return new Archive(arrays);
    }

    /** The array with another type or shape in its header. */
    private static byte[] header(byte[] npy, @Nullable String type, @Nullable String shape) {
        int length = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
        String header = new String(npy, 10, length, StandardCharsets.ISO_8859_1);
        String[] parts = header.split("'", -1);
        String oldShape = header.substring(header.indexOf('(') + 1, header.lastIndexOf(')'));
        byte[] data = Arrays.copyOfRange(npy, 10 + length, npy.length);
        return Npys.npy(type == null ? parts[3] : type, shape == null ? oldShape : shape, data);
    }

    /** One to three values that hardly anybody expects. */
    private byte[] value(byte[] npy) {
        byte[] changed = npy.clone();
        ByteBuffer data = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        int start = 10 + data.getShort(8);
        boolean real = new String(npy, 10, 20, StandardCharsets.ISO_8859_1).contains("f4");
        int width = real ? 4 : 8;
        int count = (npy.length - start) / width;
        for (int i = random.nextInt(3); i >= 0 && count > 0; i--) {
            int at = start + width * random.nextInt(count);
            if (real) {
                data.putFloat(at, REAL[random.nextInt(REAL.length)]);
            } else {
                data.putLong(at, WHOLE[random.nextInt(WHOLE.length)]);
            }
        }
        return changed;
    }

    private String text(String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int line = random.nextInt(lines.size());
        switch (random.nextInt(8)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(line, lines.get(random.nextInt(lines.size())));
            case 2 -> lines.set(line, lines.get(line) + "," + CELLS.get(random.nextInt(CELLS.size())));
            case 3 -> lines.set(line, lines.get(line).substring(lines.get(line).length() / 2));
            case 4 -> {
                return "\ufeff" + text;
            }
            case 5 -> {
                return text.replace("\n", random.nextBoolean() ? "\r\n" : "\r");
            }
            default -> {
                String[] cells = lines.get(line).split("(?<=[,:\\[\\]])|(?=[,:\\[\\]])", -1);
                cells[random.nextInt(cells.length)] = CELLS.get(random.nextInt(CELLS.size()));
                lines.set(line, String.join("", cells));
            }
        }
        return String.join("\n", lines);
    }

    private byte[] bytes(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {1};
        }
        int at = random.nextInt(bytes.length);
        byte[] changed = bytes.clone();
        switch (random.nextInt(6)) {
            case 0 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 1 -> {
                return Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(5000));
            }
            case 2 -> {
                for (int i = 0; i < 8; i++) {
                    changed[random.nextInt(Math.min(64, bytes.length))] = (byte) random.nextInt(256);
                }
            }
            case 3 ->
                Arrays.fill(changed, at, Math.min(bytes.length, at + 4), (byte) (random.nextBoolean() ? 0xFF : 0));
            case 4 -> {
                return new byte[0];
            }
            default -> changed[at] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }
}
