package dev.starling.store.sql;

import dev.starling.model.Snapshot;
import dev.starling.store.CorruptVersionException;
import dev.starling.store.Form;
import dev.starling.store.ReplayNeededException;
import dev.starling.store.Replayer;
import dev.starling.store.UnknownVersionException;
import dev.starling.store.VersionKey;
import dev.starling.store.form.VersionCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps versions in another form, with the same values: recovered, verified, encoded again. */
final class Conversion {

    /** Versions per transaction; their rows are locked meanwhile. */
    private static final int AT_A_TIME = 200;

    private final Database database;
    private final Documents documents;
    private final RecoveredModels known;
    private final Optional<Replayer> replayer;
    private final Placement placement;

    Conversion(
            Database database,
            Documents documents,
            RecoveredModels known,
            Optional<Replayer> replayer,
            Placement placement) {
        this.database = database;
        this.documents = documents;
        this.known = known;
        this.replayer = replayer;
        this.placement = placement;
    }

    /** Converts the versions with these ids, ascending; says which could not be recovered and stay as they are. */
    Set<Long> convert(List<Long> ids, Retention.Dependants dependants) {
        Set<Long> unchanged = new HashSet<>();
        for (int from = 0; from < ids.size(); from += AT_A_TIME) {
            List<Long> part = ids.subList(from, Math.min(ids.size(), from + AT_A_TIME));
            unchanged.addAll(database.transaction(connection -> convertPart(connection, part, dependants)));
        }
        return unchanged;
    }

    private Set<Long> convertPart(Connection connection, List<Long> ids, Retention.Dependants dependants)
            throws SQLException {
        Sql.query(
                connection,
                "SELECT id FROM version WHERE id = ANY (?) ORDER BY id FOR UPDATE",
                row -> row.getLong(1),
                (Object) Sql.longs(ids));
        Set<Long> unchanged = new HashSet<>();
        Recovery recovery = new Recovery(connection, documents, known, replayer);
        PackWriter packs = new PackWriter(connection);
        for (long id : ids) {
            Optional<VersionRow> row = recovery.row(id);
            if (row.isPresent() && !convert(connection, recovery, packs, row.get(), dependants)) {
                unchanged.add(id);
            }
        }
        packs.finish();
        return unchanged;
    }

    private boolean convert(
            Connection connection, Recovery recovery, PackWriter packs, VersionRow row, Retention.Dependants dependants)
            throws SQLException {
        String run = Runs.names(connection).getOrDefault(VersionId.run(row.id()), "");
        try {
            Snapshot model = recovery.recover(run, row);
            Optional<VersionRow> base = dependants == Retention.Dependants.REBASE
                    ? latestBase(recovery, connection, row)
                    : Optional.empty();
            if (base.isPresent()) {
                byte[] payload = VersionCodec.encodeDelta(model, recovery.recover(run, base.get()));
                update(connection, packs, row.id(), Form.DELTA_TO_BASE, base, payload);
            } else {
                update(connection, packs, row.id(), Form.SNAPSHOT, Optional.empty(), VersionCodec.encode(model));
            }
            return true;
        } catch (ReplayNeededException | CorruptVersionException | UnknownVersionException e) {
            return false;
        }
    }

    /** The newest base of the same run, if {@code row} is a personal model of the same layout. */
    private static Optional<VersionRow> latestBase(Recovery recovery, Connection connection, VersionRow row)
            throws SQLException {
        if (row.key().isBase()) {
            return Optional.empty();
        }
        long owner = VersionId.ownerOf(VersionId.run(row.id()), VersionKey.BASE);
        List<Long> head =
                Sql.query(connection, "SELECT version FROM head WHERE owner = ?", found -> found.getLong(1), owner);
        Optional<VersionRow> base = head.isEmpty() ? Optional.empty() : recovery.row(head.get(0));
        return base.filter(found -> found.layout() == row.layout());
    }

    private void update(
            Connection connection, PackWriter packs, long id, Form form, Optional<VersionRow> reference, byte[] payload)
            throws SQLException {
        boolean small = placement.isInline(payload.length);
        Optional<Long> object = small ? Optional.empty() : Optional.of(objectOf(connection, packs, payload));
        Sql.batch(
                connection,
                "UPDATE version SET form = ?, reference = ?, chain = ?, bytes = ?, object = ?, inline = ? WHERE id = ?",
                List.of(id),
                (statement, changed) -> {
                    statement.setInt(1, form.code());
                    Sql.setLong(statement, 2, reference.map(VersionRow::id).orElse(null));
                    statement.setInt(3, reference.map(row -> row.chain() + 1).orElse(0));
                    statement.setInt(4, payload.length);
                    Sql.setLong(statement, 5, object.orElse(null));
                    if (small) {
                        statement.setBytes(6, payload);
                    } else {
                        statement.setNull(6, Types.VARBINARY);
                    }
                    statement.setLong(7, changed);
                });
    }

    private long objectOf(Connection connection, PackWriter packs, byte[] payload) throws SQLException {
        byte[] address = Addresses.of(payload);
        boolean shared = placement.isShared(payload.length);
        List<Long> known = shared
                ? Sql.query(
                        connection,
                        "SELECT id FROM object WHERE shared = ? "
                                + database.dialect().hold(),
                        row -> row.getLong(1),
                        (Object) address)
                : List.of();
        if (!known.isEmpty()) {
            return known.get(0);
        }
        long id = packs.add(address, payload, shared);
        if (shared) {
            // Written at once: the next version may have the same values.
            packs.finish();
        }
        return id;
    }
}
