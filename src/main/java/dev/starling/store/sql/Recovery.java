package dev.starling.store.sql;

import dev.starling.model.Snapshot;
import dev.starling.store.CorruptVersionException;
import dev.starling.store.DamagedModelException;
import dev.starling.store.Form;
import dev.starling.store.ModelRoot;
import dev.starling.store.ReplayNeededException;
import dev.starling.store.Replayer;
import dev.starling.store.UnknownVersionException;
import dev.starling.store.form.VersionCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * From a version's row to its values: down the references to a snapshot, or to a model that is known and verified,
 * and up again. The root of every model on the way is verified before anything is built on it.
 */
final class Recovery {

    /** References from a version down to a snapshot, at most. */
    static final int MAX_CHAIN = 1_000;

    private final Connection connection;
    private final Documents documents;
    private final RecoveredModels known;
    private final Optional<Replayer> replayer;
    private final Payloads payloads;
    private final boolean keepsAll;

    /** Where the bytes of versions come from. */
    @FunctionalInterface
    interface Payloads {
        Optional<byte[]> of(VersionRow row) throws SQLException;
    }

    Recovery(Connection connection, Documents documents, RecoveredModels known, Optional<Replayer> replayer) {
        this(connection, documents, known, replayer, row -> stored(connection, row), false);
    }

    /** @param keepsAll whether what is asked for is remembered too: the next one asked for may refer to it */
    Recovery(
            Connection connection,
            Documents documents,
            RecoveredModels known,
            Optional<Replayer> replayer,
            Payloads payloads,
            boolean keepsAll) {
        this.connection = connection;
        this.documents = documents;
        this.known = known;
        this.replayer = replayer;
        this.payloads = payloads;
        this.keepsAll = keepsAll;
    }

    /** The row with this id, if there is one. */
    Optional<VersionRow> row(long id) throws SQLException {
        return Sql.query(connection, VersionRow.SELECT + "WHERE v.id = ?", VersionRow::read, id).stream()
                .findFirst();
    }

    /**
     * The values of {@code asked}, verified.
     *
     * @throws CorruptVersionException if it, or what it refers to, is not what was saved
     * @throws UnknownVersionException if a reference is missing
     * @throws ReplayNeededException if a recipe must be executed and there is no replayer
     */
    Snapshot recover(String run, VersionRow asked) throws SQLException {
        Deque<VersionRow> chain = new ArrayDeque<>();
        chain.push(asked);
        Optional<Snapshot> model = Optional.empty();
        while (model.isEmpty() && chain.element().referenceId().isPresent()) {
            VersionRow last = chain.element();
            long id = last.referenceId().orElseThrow();
            VersionRow next = row(id).orElseThrow(() -> new UnknownVersionException(
                    run, VersionId.key(id), ", but version " + last.key() + " refers to it"));
            if (chain.size() > MAX_CHAIN) {
                throw CorruptVersionException.unreadable(
                        run, asked.key(), asked.root(), "its chain has no end within " + MAX_CHAIN + " references");
            }
            model = known.find(next.root());
            if (model.isEmpty()) {
                chain.push(next);
            }
        }
        while (!chain.isEmpty()) {
            VersionRow row = chain.pop();
            Snapshot decoded = verified(run, row, decode(run, row, model));
            if (keepsAll || !chain.isEmpty()) {
                known.put(row.root(), decoded);
            }
            model = Optional.of(decoded);
        }
        return model.orElseThrow();
    }

    private Snapshot decode(String run, VersionRow row, Optional<Snapshot> reference) throws SQLException {
        try {
            if (row.form() == Form.REPLAY) {
                Replayer executed = replayer.orElseThrow(() -> new ReplayNeededException(run, row.key()));
                return executed.replay(
                        row.record(connection, documents, new java.util.TreeSet<>()), reference.orElseThrow());
            }
            byte[] payload = payloads.of(row)
                    .orElseThrow(() ->
                            CorruptVersionException.unreadable(run, row.key(), row.root(), "its payload is missing"));
            return row.form() == Form.SNAPSHOT
                    ? VersionCodec.decode(payload, documents.layout(connection, row.layout()))
                    : VersionCodec.decodeDelta(payload, reference.orElseThrow());
        } catch (DamagedModelException | IllegalArgumentException e) {
            throw CorruptVersionException.unreadable(
                    run, row.key(), row.root(), "its payload cannot be decoded (" + e.getMessage() + ")");
        }
    }

    private static Snapshot verified(String run, VersionRow row, Snapshot model) {
        ModelRoot root = ModelRoot.of(model);
        if (!root.equals(row.root())) {
            throw CorruptVersionException.otherRoot(
                    run, row.key(), TensorSums.firstDifference(row.sums(), model), row.root(), root);
        }
        return model;
    }

    private static Optional<byte[]> stored(Connection connection, VersionRow row) throws SQLException {
        Optional<byte[]> inline = row.inline();
        if (inline.isPresent() || row.object().isEmpty()) {
            return inline;
        }
        return new ObjectReader(connection).read(row.object().orElseThrow());
    }
}
