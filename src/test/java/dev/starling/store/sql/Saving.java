package dev.starling.store.sql;

import dev.starling.PackedClasses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own that writes round after round, and says which ones the store has confirmed. */
final class Saving {

    private Saving() {}

    /**
     * Writes until the end or the kill.
     *
     * @param arguments settings ({@code directory} or URL), run, first round, rounds, devices
     */
    public static void main(String[] arguments) {
        StoreSettings settings = StoreSettings.of(arguments[0], "starling", "");
        int first = Integer.parseInt(arguments[2]);
        int last = first + Integer.parseInt(arguments[3]);
        try (ModelStore store = ModelStore.open(settings)) {
            System.out.println("open");
            for (int round = first; round < last; round++) {
                store.write(SmallModels.round(arguments[1], round, Integer.parseInt(arguments[4])));
                System.out.println(round);
            }
        }
        System.out.println("end");
    }

    /** Starts it with as little as a JVM needs. */
    static Process start(String place, String run, int first, int rounds, int devices) throws java.io.IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(PackedClasses.opened());
        command.addAll(PackedClasses.options());
        command.addAll(List.of(
                "-Dlogback.configurationFile=" + Path.of("conf/logback.xml").toAbsolutePath(),
                "-Dstarling.log=/dev/null",
                "-cp",
                PackedClasses.classPath(),
                Saving.class.getName()));
        command.addAll(List.of(place, run, "" + first, "" + rounds, "" + devices));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
