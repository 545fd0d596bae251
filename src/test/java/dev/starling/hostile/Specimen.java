package dev.starling.hostile;

import java.util.Map;
import java.util.TreeMap;

/**
 * A scenario that runs, and the files that it names.
 *
 * @param name what it is a specimen of
 * @param scenario its text, without {@code data.directory}
 * @param files by name; an archive is given by its arrays, so that these can be changed too
 */
record Specimen(String name, String scenario, Map<String, Content> files) {

    Specimen {
        files = Map.copyOf(new TreeMap<>(files));
    }

    /** What lies in a file. */
    sealed interface Content {

        byte[] bytes();
    }

    /** Bytes as they are. */
    record Binary(Bytes content) implements Content {
        @Override
        public byte[] bytes() {
            return content.array();
        }
    }

    /** Lines of text. */
    record Text(String text) implements Content {
        @Override
        public byte[] bytes() {
            return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** Arrays of an {@code .npz}, each a whole {@code .npy}. */
    record Archive(Map<String, Bytes> arrays) implements Content {

        Archive {
            arrays = Map.copyOf(arrays);
        }

        @Override
        public byte[] bytes() {
            Map<String, byte[]> raw = new TreeMap<>();
            arrays.forEach((name, bytes) -> raw.put(name, bytes.array()));
            return Npys.npz(raw);
        }
    }

    /** An array that nobody changes. */
    static final class Bytes {
        private final byte[] array;

        Bytes(byte[] array) {
            this.array = array.clone();
        }

        byte[] array() {
            return array.clone();
        }
    }
}
