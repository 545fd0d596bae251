package dev.starling.metrics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * By what a run was made: what somebody needs to repeat it.
 *
 * @param version of Starling
 * @param commandLine as typed, program name first
 * @param libraries names and versions of what the results depend on
 * @param processor name of the CPU; results can differ in the last bits between CPU types
 * @param startedAt wall time
 */
public record RunManifest(
        String version, List<String> commandLine, Map<String, String> libraries, String processor, Instant startedAt) {

    public RunManifest {
        commandLine = List.copyOf(commandLine);
        libraries = Collections.unmodifiableMap(new LinkedHashMap<>(libraries));
    }

    /** A setting that a run was begun with, and what it goes on with. */
    public record Change(String from, String to) {}

    /**
     * {@code json}, the content of {@code run.json} so far, and what the run goes on with under this manifest: one more entry
     * of {@code continued}.
     */
    String goesOn(String json, Map<String, Change> changes) throws IOException {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("changed", new TreeMap<>(changes));
        entry.put("commandLine", commandLine);
        entry.put("starling", version);
        entry.put("startedAt", startedAt.toString());
        return JsonFile.appended(json, "continued", entry);
    }

    /** The content of {@code run.json}. */
    Map<String, @Nullable Object> json(RunInfo info) {
        RuntimeMXBean jvm = ManagementFactory.getRuntimeMXBean();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("scenario", info.scenario());
        json.put("seed", info.seed());
        json.put("nodes", info.nodes());
        json.put("rehearsed", info.rehearsed());
        json.put("threads", info.rehearsed() ? null : info.threads());
        json.put("devices", info.devices());
        json.put("parameters", info.parameters());
        json.put("modelBytes", info.modelBytes());
        Map<String, String> hashes = new LinkedHashMap<>();
        info.dataFiles().forEach(file -> hashes.put(file.name(), file.sha256()));
        json.put("dataFilesSha256", hashes);
        if (!info.dataNotes().classNames().isEmpty()) {
            json.put("classNames", info.dataNotes().classNames());
        }
        if (!info.dataNotes().remarks().isEmpty()) {
            json.put("dataRemarks", info.dataNotes().remarks());
        }
        json.put("commandLine", commandLine);
        json.put("jvmArguments", jvm.getInputArguments());
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("starling", version);
        versions.putAll(libraries);
        versions.put("java", System.getProperty("java.version") + " (" + jvm.getVmName() + ")");
        json.put("versions", versions);
        json.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        json.put("architecture", System.getProperty("os.arch"));
        json.put("processor", processor);
        json.put("cores", Runtime.getRuntime().availableProcessors());
        json.put("maxHeapBytes", Runtime.getRuntime().maxMemory());
        json.put("startedAt", startedAt.toString());
        return json;
    }
}
