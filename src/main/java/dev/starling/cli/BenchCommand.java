package dev.starling.cli;

import dev.starling.base.InputException;
import dev.starling.cli.bench.Benchmark;
import dev.starling.cli.bench.ClusterBenchmark;
import dev.starling.cli.bench.ClusterCost;
import dev.starling.cli.bench.CodecBenchmark;
import dev.starling.cli.bench.Measurement;
import dev.starling.cli.bench.ModelStoreBenchmark;
import dev.starling.cli.bench.Workload;
import dev.starling.cli.processes.ProcessFailure;
import dev.starling.metrics.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code starling bench}: how fast this machine trains. */
@Command(
        name = "bench",
        description = "Measures local training, and its share of this machine's large-matrix peak.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BenchCommand implements Callable<Integer> {

    private static final String ROW = "%-20s %8s %10s %12s %12s %9s %8s %12s%n";
    private static final String CODEC_ROW = "%-14s %8s %12s %12s %12s %10s %10s%n";
    private static final int CODEC_SLICES = 10;
    private static final int MOST_VERSIONS = 10_000_000;

    private static final String LIVE_DEVICES = "live-devices";

    private final Console console;
    private final Benchmark benchmark;

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description = "One workload only: see the table for names, or " + LIVE_DEVICES
                    + ", the heap of devices that do nothing, or " + CodecBenchmark.NAME
                    + ", the forms of the model store, or " + ModelStoreBenchmark.NAME
                    + ", a store full of personal models, or " + ClusterBenchmark.NAME
                    + ", a run on 1, 2 and 3 JVMs of this machine.")
    private @Nullable String name;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that train at once. Default: ${DEFAULT-VALUE}. " + ClusterBenchmark.NAME
                    + " has always " + ClusterBenchmark.THREADS + " in all.")
    private int threads = 1;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Devices that " + LIVE_DEVICES + " wakes. Default: ${DEFAULT-VALUE}.")
    private int devices = 200_000;

    @Option(
            names = "--versions",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Personal models that " + ModelStoreBenchmark.NAME
                    + " trains and keeps. Default: ${DEFAULT-VALUE}.")
    private int versions = 100_000;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "What " + ClusterBenchmark.NAME
                    + " runs. Default: simulations/mnist-fedavg-noniid.conf beside this program.")
    private @Nullable Path scenario;

    @Option(
            names = "--warm-up",
            paramLabel = "ROUNDS",
            defaultValue = "1000",
            description = "Rounds before " + ClusterBenchmark.NAME + " measures. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 1_000;

    @Option(
            names = "--turns",
            paramLabel = "N",
            defaultValue = "20",
            description = "Turns of three seconds that " + ClusterBenchmark.NAME
                    + " gives each run. Default: ${DEFAULT-VALUE}.")
    private int turns = 20;

    @Option(names = "--json", description = "Prints a list of objects instead of a table.")
    private boolean json;

    BenchCommand(Console console, Benchmark benchmark) {
        this.console = console;
        this.benchmark = benchmark;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (ClusterBenchmark.NAME.equals(name)) {
            return cluster();
        } else if (CodecBenchmark.NAME.equals(name)) {
            return codec();
        } else if (ModelStoreBenchmark.NAME.equals(name)) {
            return modelStore();
        } else if (LIVE_DEVICES.equals(name)) {
            return liveDevices();
        }
        List<Workload> workloads = workloads();
        if (threads < 1) {
            throw new InputException("--threads", "must be at least 1, got " + threads);
        }
        double peak = Benchmark.peakGflops();
        if (!json) {
            console.out().printf(Locale.ROOT, "large-sgemm peak of one thread: %.1f GFLOP/s%n%n", peak);
            console.out()
                    .printf(
                            ROW,
                            "workload",
                            "threads",
                            "us/step",
                            "steps/s",
                            "examples/s",
                            "GFLOP/s",
                            "of peak",
                            "heap B/step");
        }
        List<Object> measured = new ArrayList<>();
        for (Workload workload : workloads) {
            Measurement measurement = benchmark.measure(workload, threads, peak);
            measured.add(measurement.json());
            if (!json) {
                print(measurement);
            }
        }
        if (json) {
            console.out().print(JsonFile.text(measured));
        }
        return ExitCode.OK;
    }

    private int cluster() throws IOException, InterruptedException {
        if (warmUp < 1) {
            throw new InputException("--warm-up", "must be at least 1, got " + warmUp);
        }
        if (turns < 1) {
            throw new InputException("--turns", "must be at least 1, got " + turns);
        }
        Path usual = Path.of(System.getProperty("starling.home", "")).resolve("simulations/mnist-fedavg-noniid.conf");
        Path file = scenario == null ? usual : scenario;
        if (!Files.isRegularFile(file)) {
            throw new InputException(file.toString(), "there is no such file");
        }
        ClusterBenchmark cluster =
                new ClusterBenchmark(file, ClusterBenchmark.JVMS, ClusterBenchmark.THREADS, warmUp, turns);
        Path directory = RunDirectory.reserve(Path.of(""), "bench-" + ClusterBenchmark.NAME, Optional.empty())
                .toAbsolutePath();
        try {
            if (!json) {
                ClusterCostTable.printHeading(cluster, console.out());
            }
            List<ClusterCost> costs = cluster.measure(directory);
            if (json) {
                console.out().print(JsonFile.text(costs));
            } else {
                ClusterCostTable.print(costs, console.out());
            }
            return ExitCode.OK;
        } catch (ProcessFailure e) {
            console.error(e.getMessage() + "; see " + directory);
            return ExitCode.FAILED;
        }
    }

    private int codec() {
        List<CodecBenchmark.Result> results = new CodecBenchmark(CODEC_SLICES).measure();
        if (json) {
            console.out().print(JsonFile.text(results));
            return ExitCode.OK;
        }
        console.out()
                .printf(CODEC_ROW, "form", "bytes", "bits/param", "encode us", "decode us", "enc MB/s", "dec MB/s");
        for (CodecBenchmark.Result result : results) {
            console.out()
                    .printf(
                            CODEC_ROW,
                            result.form(),
                            result.bytes(),
                            String.format(Locale.ROOT, "%.2f", result.bitsPerParameter()),
                            String.format(Locale.ROOT, "%.1f", result.encodeMicros()),
                            String.format(Locale.ROOT, "%.1f", result.decodeMicros()),
                            String.format(Locale.ROOT, "%.0f", result.encodeMegabytesPerSecond()),
                            String.format(Locale.ROOT, "%.0f", result.decodeMegabytesPerSecond()));
        }
        return ExitCode.OK;
    }

    private int modelStore() throws IOException {
        if (versions < 1 || versions > MOST_VERSIONS) {
            throw new InputException("--versions", "must be 1 to " + MOST_VERSIONS + ", got " + versions);
        }
        ModelStoreBenchmark.Report report = new ModelStoreBenchmark(versions).measure();
        if (json) {
            console.out().print(JsonFile.text(report));
        } else {
            ModelStoreTable.print(report, console.out());
        }
        return ExitCode.OK;
    }

    private int liveDevices() throws IOException {
        if (devices < 1) {
            throw new InputException("--devices", "must be at least 1, got " + devices);
        }
        Path directory = Files.createTempDirectory("starling-bench");
        try {
            LiveDevices.Found found = LiveDevices.measure(devices, directory.resolve("versions"));
            if (json) {
                console.out()
                        .print(JsonFile.text(Map.of("liveDevices", found.devices(), "bytesEach", found.bytesEach())));
            } else {
                console.out()
                        .printf(
                                Locale.ROOT,
                                "%,d live devices: %,.0f bytes of heap each, beyond what they learnt%n",
                                found.devices(),
                                found.bytesEach());
            }
        } finally {
            Files.deleteIfExists(directory.resolve("versions"));
            Files.deleteIfExists(directory);
        }
        return ExitCode.OK;
    }

    private List<Workload> workloads() {
        if (name == null) {
            return Workload.ALL;
        }
        String known = Stream.concat(
                        Workload.ALL.stream().map(Workload::name),
                        Stream.of(LIVE_DEVICES, CodecBenchmark.NAME, ModelStoreBenchmark.NAME, ClusterBenchmark.NAME))
                .collect(Collectors.joining(", "));
        return List.of(Workload.named(name)
                .orElseThrow(() -> new InputException("--workload", "must be one of " + known + ", got " + name)));
    }

    private void print(Measurement measured) {
        console.out()
                .printf(
                        ROW,
                        measured.workload(),
                        measured.threads(),
                        String.format(Locale.ROOT, "%.2f", measured.microsPerStep()),
                        Figures.rate(measured.stepsPerSecond()),
                        Figures.rate(measured.examplesPerSecond()),
                        String.format(Locale.ROOT, "%.1f", measured.gflops()),
                        String.format(Locale.ROOT, "%.0f %%", 100 * measured.shareOfPeak()),
                        String.format(Locale.ROOT, "%.1f", measured.bytesPerStep()));
    }
}
