package dev.starling.store.sql;

import dev.starling.base.Bytes;
import dev.starling.store.ModelRoot;
import dev.starling.store.UnknownVersionException;
import dev.starling.store.VersionConflictException;
import dev.starling.store.VersionKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One batch in one transaction: objects, then version records, then heads. Versions that are there already are left
 * as they are. What the batch builds on (references, shared objects) is locked first, so that nothing is swept away
 * beneath it; concurrent batches and sweeps wait for each other, or one of them is done again.
 */
final class BatchWriter {

    private final Connection connection;
    private final int run;
    private final String runName;
    private final Documents documents;
    private final Placement placement;
    private final Map<Bytes, Long> objects = new HashMap<>();
    private final List<VersionRow> rows = new ArrayList<>();
    private final Map<Long, Integer> chains = new HashMap<>();
    private int inline;
    private int shared;
    private int written;
    private long objectBytes;

    BatchWriter(Connection connection, int run, String runName, Documents documents, Placement placement) {
        this.connection = connection;
        this.run = run;
        this.runName = runName;
        this.documents = documents;
        this.placement = placement;
    }

    WriteResult write(List<NewVersion> batch) throws SQLException {
        List<NewVersion> added = unknown(batch);
        holdDocuments(added);
        holdReferences(added);
        Map<VersionKey, byte[]> addresses = new HashMap<>();
        added.forEach(version -> version.payload()
                .filter(payload -> !placement.isInline(payload.size()))
                .ifPresent(payload -> addresses.put(version.key(), Addresses.of(payload.toArray()))));
        holdObjects(added.stream()
                .filter(version ->
                        placement.isShared(version.payload().map(Bytes::size).orElse(0)))
                .flatMap(version -> Optional.ofNullable(addresses.get(version.key())).stream())
                .toList());
        PackWriter packs = new PackWriter(connection);
        long now = Database.now(connection);
        for (NewVersion version : added) {
            Optional<byte[]> small = Optional.empty();
            Optional<Long> object = Optional.empty();
            byte[] address = addresses.get(version.key());
            if (address != null) {
                object = Optional.of(objectOf(packs, address, version.payload().orElseThrow()));
            } else if (version.payload().isPresent()) {
                small = version.payload().map(Bytes::toArray);
                inline++;
            }
            rows.add(VersionRow.of(run, version, chainOf(version), documents, object, small, now));
        }
        packs.finish();
        VersionRow.insert(connection, rows);
        insertTags(added);
        new DeviceStates(connection).insert(run, added);
        new Heads(connection).raise(rows.stream().map(VersionRow::id).toList());
        return new WriteResult(added.size(), batch.size() - added.size(), written, shared, objectBytes, inline);
    }

    /** The versions of {@code batch} that are not there yet, by id; throws if one is there with another root. */
    private List<NewVersion> unknown(List<NewVersion> batch) throws SQLException {
        List<NewVersion> sorted = new ArrayList<>(batch);
        sorted.sort(Comparator.comparing(NewVersion::key));
        List<NewVersion> unknown = new ArrayList<>();
        for (List<NewVersion> part : Sql.parts(sorted)) {
            long[] ids = part.stream()
                    .mapToLong(version -> VersionId.of(run, version.key()))
                    .toArray();
            Map<VersionKey, ModelRoot> known = new HashMap<>();
            Sql.query(
                    connection,
                    "SELECT id, root FROM version WHERE id = ANY (?)",
                    row -> {
                        ModelRoot root = new ModelRoot(Addresses.hex(row.getBytes(2)));
                        return known.put(VersionId.key(row.getLong(1)), root);
                    },
                    (Object) ids);
            for (NewVersion version : part) {
                ModelRoot root = known.get(version.key());
                if (root == null) {
                    unknown.add(version);
                } else if (!root.equals(version.root())) {
                    throw new VersionConflictException(runName, version.key(), root, version.root());
                }
            }
        }
        return unknown;
    }

    /** Throws SweptDocumentException if a layout or pipeline of {@code added} is not there any more. */
    private void holdDocuments(List<NewVersion> added) throws SQLException {
        Set<Long> needed = new TreeSet<>();
        for (NewVersion version : added) {
            needed.add((long) documents.idOf(version.layout()));
            version.origin().pipeline().ifPresent(pipeline -> needed.add((long) documents.idOf(pipeline)));
        }
        Set<Integer> swept = new HashSet<>();
        needed.forEach(id -> swept.add(id.intValue()));
        String select = "SELECT id FROM document WHERE id = ANY (?) ORDER BY id ";
        for (List<Long> part : Sql.parts(List.copyOf(needed))) {
            Sql.query(connection, select + database().hold(), row -> swept.remove(row.getInt(1)), (Object)
                    Sql.longs(part));
        }
        if (!swept.isEmpty()) {
            throw new SweptDocumentException(swept);
        }
    }

    private void holdReferences(List<NewVersion> added) throws SQLException {
        Set<VersionKey> within = new HashSet<>();
        added.forEach(version -> within.add(version.key()));
        Set<VersionKey> outside = new HashSet<>();
        added.forEach(version ->
                version.reference().filter(key -> !within.contains(key)).ifPresent(outside::add));
        List<Long> ids =
                outside.stream().sorted().map(key -> VersionId.of(run, key)).toList();
        String select = "SELECT id, chain FROM version WHERE id = ANY (?) ORDER BY id ";
        for (List<Long> part : Sql.parts(ids)) {
            Sql.query(connection, select + database().hold(), row -> chains.put(row.getLong(1), row.getInt(2)), (Object)
                    Sql.longs(part));
        }
        for (VersionKey key : outside) {
            if (!chains.containsKey(VersionId.of(run, key))) {
                throw new UnknownVersionException(runName, key, ", but a new version refers to it");
            }
        }
    }

    /** References come first: {@code added} is sorted, and a reference's key is smaller. */
    private int chainOf(NewVersion version) {
        int chain = version.reference()
                .map(key -> 1 + chains.getOrDefault(VersionId.of(run, key), 0))
                .orElse(0);
        if (chain > Recovery.MAX_CHAIN) {
            throw new IllegalArgumentException("version " + version.key() + " of run " + runName + " must be at most "
                    + Recovery.MAX_CHAIN + " references away from a snapshot, got " + chain);
        }
        chains.put(VersionId.of(run, version.key()), chain);
        return chain;
    }

    private void holdObjects(List<byte[]> addresses) throws SQLException {
        List<byte[]> sorted = new ArrayList<>(addresses);
        sorted.sort(Arrays::compareUnsigned);
        String select = "SELECT shared, id FROM object WHERE shared = ANY (?) ORDER BY shared ";
        for (List<byte[]> part : Sql.parts(sorted)) {
            Sql.query(
                    connection,
                    select + database().hold(),
                    row -> objects.put(Bytes.of(row.getBytes(1)), row.getLong(2)),
                    (Object) part.toArray(byte[][]::new));
        }
    }

    private long objectOf(PackWriter packs, byte[] address, Bytes payload) throws SQLException {
        Long known = objects.get(Bytes.of(address));
        if (known != null) {
            shared++;
            return known;
        }
        long id = packs.add(address, payload.toArray(), placement.isShared(payload.size()));
        objects.put(Bytes.of(address), id);
        written++;
        objectBytes += payload.size();
        return id;
    }

    private void insertTags(List<NewVersion> added) throws SQLException {
        record Tag(long version, String name) {}
        List<Tag> tags = new ArrayList<>();
        for (NewVersion version : added) {
            long id = VersionId.of(run, version.key());
            version.origin().tags().forEach(name -> tags.add(new Tag(id, name)));
        }
        Sql.batch(connection, "INSERT INTO tag (version, name) VALUES (?, ?)", tags, (statement, tag) -> {
            statement.setLong(1, tag.version());
            statement.setString(2, tag.name());
        });
    }

    private Dialect database() throws SQLException {
        return Dialect.of(connection.getMetaData().getURL()).orElseThrow();
    }
}
