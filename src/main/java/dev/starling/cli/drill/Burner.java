package dev.starling.cli.drill;

import java.io.IOException;

/** A process that computes without end, until the one that started it ends. */
final class Burner {

    private Burner() {}

    public static void main(String[] arguments) {
        Thread computing = new Thread(Burner::compute, "burner");
        computing.setDaemon(true);
        computing.start();
        try {
            while (System.in.read() >= 0) {} // A pipe from the parent.
        } catch (IOException e) {
            // No input is as good as its end.
        }
    }

    /** Not for the sum, but it must not be optimised away. */
    private static void compute() {
        long sum = 1;
        while (sum != 0) {
            sum = sum * 6364136223846793005L | 1;
        }
        System.out.println(sum);
    }
}
