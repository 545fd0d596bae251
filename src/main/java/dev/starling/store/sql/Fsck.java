package dev.starling.store.sql;

import dev.starling.store.CorruptVersionException;
import dev.starling.store.ReplayNeededException;
import dev.starling.store.Replayer;
import dev.starling.store.StoreException;
import dev.starling.store.UnknownVersionException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks one state of a whole store. Every object is hashed again; every reference, head and tag must lead somewhere;
 * unless quick, every version is recovered and its root verified. Nothing is changed.
 */
final class Fsck {

    private static final long CACHE_BYTES = 64 << 20;
    private static final long BYTES_AT_A_TIME = 16 << 20;
    private static final int MAX_PROBLEMS = 1_000;

    private final Connection connection;
    private final boolean quick;
    private final ObjectReader objects;
    private final Map<Integer, String> runs;
    private final Recovery recovery;
    private final Map<Long, byte[]> payloads = new HashMap<>();
    private final Set<String> reported = new HashSet<>();
    private final List<FsckReport.Problem> problems = new ArrayList<>();
    private long objectCount;
    private long objectBytes;
    private long versions;
    private long verified;
    private long recipes;

    /** @param documents of its own: nothing may be taken from memory */
    Fsck(Connection connection, Documents documents, Optional<Replayer> replayer, boolean quick) throws SQLException {
        this.connection = connection;
        this.quick = quick;
        this.objects = new ObjectReader(connection);
        this.runs = Runs.names(connection);
        this.recovery =
                new Recovery(connection, documents, new RecoveredModels(CACHE_BYTES), replayer, this::payload, true);
    }

    FsckReport check() throws SQLException {
        layouts();
        pipelines();
        deviceStates();
        allObjects();
        links();
        allVersions();
        long heads = Sql.number(connection, "SELECT COUNT(*) FROM head");
        String orphan = " FROM object o LEFT JOIN version v ON v.object = o.id WHERE v.id IS NULL";
        return new FsckReport(
                quick,
                objectCount,
                objectBytes,
                versions,
                verified,
                recipes,
                heads,
                Sql.number(connection, "SELECT COUNT(*)" + orphan),
                Sql.number(connection, "SELECT COALESCE(SUM(o.length), 0)" + orphan),
                reported.size(),
                List.copyOf(problems));
    }

    private void layouts() throws SQLException {
        for (int id : Sql.query(connection, "SELECT DISTINCT layout FROM version", row -> row.getInt(1))) {
            try {
                Documents.read(connection, id);
            } catch (StoreException e) {
                report(FsckReport.Kind.DAMAGED_LAYOUT, "layout " + id, String.valueOf(e.getMessage()));
            }
        }
    }

    private void pipelines() throws SQLException {
        String all = "SELECT DISTINCT pipeline FROM version WHERE pipeline IS NOT NULL";
        for (int id : Sql.query(connection, all, row -> row.getInt(1))) {
            try {
                Documents.verifyPipeline(connection, id);
            } catch (StoreException e) {
                report(FsckReport.Kind.DAMAGED_PIPELINE, "pipeline " + id, String.valueOf(e.getMessage()));
            }
        }
    }

    private void deviceStates() throws SQLException {
        DeviceStates states = new DeviceStates(connection);
        for (long id : Sql.query(connection, "SELECT version FROM device_state", row -> row.getLong(1))) {
            try {
                states.of(id);
            } catch (StoreException e) {
                report(FsckReport.Kind.DAMAGED_STATE, name(id), String.valueOf(e.getMessage()));
            }
        }
        each(
                "SELECT s.version FROM device_state s LEFT JOIN version v ON v.id = s.version WHERE v.id IS NULL",
                id -> report(FsckReport.Kind.DAMAGED_STATE, name(id), "it has a device's state, but it is missing"));
    }

    private void allObjects() throws SQLException {
        List<ObjectReader.Entry> page = objects.entriesAfter(-1);
        while (!page.isEmpty()) {
            for (List<ObjectReader.Entry> group : groups(page)) {
                Map<Long, byte[]> contents = objects.read(group);
                for (ObjectReader.Entry entry : group) {
                    check(entry, Optional.ofNullable(contents.get(entry.id())));
                }
            }
            page = objects.entriesAfter(page.get(page.size() - 1).id());
        }
    }

    private void check(ObjectReader.Entry entry, Optional<byte[]> content) {
        objectCount++;
        objectBytes += entry.length();
        String address = entry.address();
        if (content.isEmpty()) {
            report(FsckReport.Kind.MISSING_BLOCK, "object " + address, "pack " + entry.pack() + " lacks a block of it");
            return;
        }
        String actual = Addresses.hex(Addresses.of(content.get()));
        if (!actual.equals(address)) {
            report(FsckReport.Kind.DAMAGED_OBJECT, "object " + address, "its bytes have the hash " + actual);
        }
    }

    /** In groups that fit into memory; an object beyond that is a group of its own. */
    private static List<List<ObjectReader.Entry>> groups(List<ObjectReader.Entry> entries) {
        List<List<ObjectReader.Entry>> groups = new ArrayList<>();
        long bytes = BYTES_AT_A_TIME;
        for (ObjectReader.Entry entry : entries) {
            if (bytes + entry.length() > BYTES_AT_A_TIME) {
                groups.add(new ArrayList<>());
                bytes = 0;
            }
            groups.get(groups.size() - 1).add(entry);
            bytes += entry.length();
        }
        return groups;
    }

    private void links() throws SQLException {
        each(
                "SELECT v.id FROM version v LEFT JOIN object o ON o.id = v.object"
                        + " WHERE v.object IS NOT NULL AND o.id IS NULL",
                id -> report(FsckReport.Kind.MISSING_OBJECT, name(id), "the object with its values is missing"));
        each(
                "SELECT v.id FROM version v LEFT JOIN version r ON r.id = v.reference"
                        + " WHERE v.reference IS NOT NULL AND r.id IS NULL",
                id -> report(FsckReport.Kind.BROKEN_CHAIN, name(id), "the version that it refers to is missing"));
        // A chain may be shorter than its number says, after a sweep, but never longer.
        each(
                "SELECT v.id FROM version v JOIN version r ON r.id = v.reference WHERE v.chain < r.chain + 1",
                id -> report(FsckReport.Kind.BROKEN_CHAIN, name(id), "its chain is longer than its record says"));
        each(
                "SELECT h.version FROM head h LEFT JOIN version v ON v.id = h.version WHERE v.id IS NULL",
                id -> report(FsckReport.Kind.WRONG_HEAD, name(id), "it is a head, but it is missing"));
        each(
                "SELECT m.id FROM (SELECT MAX(id) AS id FROM version GROUP BY run, owner) m"
                        + " LEFT JOIN head h ON h.owner = m.id / 8388608 AND h.version = m.id WHERE h.version IS NULL",
                id -> report(FsckReport.Kind.WRONG_HEAD, name(id), "it is the latest of its owner, but not the head"));
        each(
                "SELECT t.version FROM tag t LEFT JOIN version v ON v.id = t.version WHERE v.id IS NULL",
                id -> report(FsckReport.Kind.LOST_TAG, name(id), "it is tagged, but it is missing"));
    }

    private void each(String sql, java.util.function.LongConsumer action) throws SQLException {
        Sql.query(connection, sql, row -> row.getLong(1)).forEach(action::accept);
    }

    private void allVersions() throws SQLException {
        String page = VersionRow.SELECT + "WHERE v.id > ? ORDER BY v.id LIMIT " + Sql.BATCH;
        long after = -1;
        while (true) {
            List<VersionRow> rows = Sql.query(connection, page, VersionRow::read, after);
            if (rows.isEmpty()) {
                return;
            }
            versions += rows.size();
            if (!quick) {
                fetch(rows);
                for (VersionRow row : rows) {
                    verify(row);
                }
            }
            after = rows.get(rows.size() - 1).id();
        }
    }

    /** Payloads of a page together, as far as they fit into memory. */
    private void fetch(List<VersionRow> rows) throws SQLException {
        payloads.clear();
        List<Long> ids = rows.stream().flatMap(row -> row.object().stream()).toList();
        List<List<ObjectReader.Entry>> groups = groups(objects.entries(ids));
        if (!groups.isEmpty()) {
            payloads.putAll(objects.read(groups.get(0)));
        }
    }

    private Optional<byte[]> payload(VersionRow row) throws SQLException {
        if (row.object().isEmpty()) {
            return row.inline();
        }
        long id = row.object().orElseThrow();
        byte[] fetched = payloads.get(id);
        return fetched == null ? objects.read(id) : Optional.of(fetched);
    }

    private void verify(VersionRow row) throws SQLException {
        try {
            recovery.recover(run(row.id()), row);
            verified++;
        } catch (ReplayNeededException e) {
            recipes++;
        } catch (UnknownVersionException e) {
            report(FsckReport.Kind.BROKEN_CHAIN, name(row.id()), String.valueOf(e.getMessage()));
        } catch (CorruptVersionException e) {
            // If a reference is damaged, it has been reported as itself: references come first.
            report(FsckReport.Kind.DAMAGED_VERSION, run(row.id()) + "/" + e.key(), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            report(FsckReport.Kind.DAMAGED_VERSION, name(row.id()), String.valueOf(e.getMessage()));
        }
    }

    private String run(long id) {
        return runs.getOrDefault(VersionId.run(id), "run " + VersionId.run(id));
    }

    private String name(long id) {
        return run(id) + "/" + VersionId.key(id);
    }

    private void report(FsckReport.Kind kind, String subject, String finding) {
        if (reported.add(kind + " " + subject) && problems.size() < MAX_PROBLEMS) {
            problems.add(new FsckReport.Problem(kind, subject, finding));
        }
    }
}
