package dev.starling.store.sql;

import dev.starling.base.Bytes;
import dev.starling.base.InputException;
import dev.starling.model.Snapshot;
import dev.starling.store.Pipeline;
import dev.starling.store.Replayer;
import dev.starling.store.StoreException;
import dev.starling.store.StoreUnavailableException;
import dev.starling.store.UnknownVersionException;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Every version of every model of any number of runs. Safe to use from many threads, and from many processes on the
 * same database.
 *
 * <p>All methods throw {@link dev.starling.store.StoreUnavailableException} if the database cannot be reached: the
 * same call may succeed later, and a batch can be written again without harm.
 */
public final class ModelStore implements AutoCloseable {

    private static final long CACHE_BYTES = 64 << 20;

    /** A batch whose documents are swept before it is written is written again, so often at most. */
    private static final int ATTEMPTS = 8;

    private final Database database;
    private final Documents documents;
    private final Runs runs;
    private final Placement placement;
    private final RecoveredModels known = new RecoveredModels(CACHE_BYTES);

    private ModelStore(Database database, Placement placement) {
        this.database = database;
        this.documents = new Documents(database);
        this.runs = new Runs(database);
        this.placement = placement;
    }

    /** Opens a store, and creates it if it is not there and need not be; throws InputException if it cannot be one. */
    public static ModelStore open(StoreSettings settings) {
        return open(settings, Placement.USUAL);
    }

    static ModelStore open(StoreSettings settings, Placement placement) {
        Dialect dialect = Dialect.of(settings.url())
                .orElseThrow(() -> new InputException(settings.place(), "this is no URL of a model store"));
        Connection first = Schema.connect(settings, dialect);
        try {
            Database database = new Database(settings, dialect);
            database.read(Database::now);
            // Held until the pool has one of its own: H2 closes a file that nobody is connected to.
            first.close();
            return new ModelStore(database, placement);
        } catch (SQLException e) {
            throw Failures.of(settings.place(), e);
        }
    }

    /**
     * Writes a batch, all of it or nothing. What is there already with the same root is left as it is.
     *
     * @throws dev.starling.store.VersionConflictException if a version is there with another root
     * @throws UnknownVersionException if a version refers to one that is neither there nor in the batch
     */
    public WriteResult write(WriteBatch batch) {
        int opening = database.openings();
        int run = runs.numberOf(batch.run());
        for (int attempt = 1; ; attempt++) {
            for (NewVersion version : batch.versions()) {
                documents.idOf(version.layout());
                version.origin().pipeline().ifPresent(documents::idOf);
            }
            try {
                return database.transaction(connection -> {
                    requireOpenSince(opening);
                    return new BatchWriter(connection, run, batch.run(), documents, placement).write(batch.versions());
                });
            } catch (SweptDocumentException e) {
                if (attempt == ATTEMPTS) {
                    throw new StoreException("collections sweep documents faster than they can be written", e);
                }
                documents.forget(e.ids());
            }
        }
    }

    /** Numbers that were looked up in a database that is lost mean nothing in one that was opened anew. */
    private void requireOpenSince(int opening) {
        if (database.openings() != opening) {
            String meanwhile = "model store " + database.settings().place() + " was opened anew meanwhile";
            throw new StoreUnavailableException(meanwhile, new IllegalStateException(meanwhile));
        }
    }

    /** As {@link #recover(String, VersionKey, Optional)} by someone who cannot execute recipes. */
    public Snapshot recover(String run, VersionKey key) {
        return recover(run, key, Optional.empty());
    }

    /**
     * The values of a version. They have the root that was saved: it is computed at every recovery.
     *
     * @throws UnknownVersionException if it is not there
     * @throws dev.starling.store.CorruptVersionException if its values, or those it refers to, are not what was saved
     * @throws dev.starling.store.ReplayNeededException if it takes a replayer and there is none
     */
    public Snapshot recover(String run, VersionKey key, Optional<Replayer> replayer) {
        return database.snapshot(connection -> {
            Recovery recovery = new Recovery(connection, documents, known, replayer);
            Optional<Integer> number = runs.find(connection, run);
            VersionRow row = number.isEmpty()
                    ? null
                    : recovery.row(VersionId.of(number.get(), key)).orElse(null);
            if (row == null) {
                throw new UnknownVersionException(run, key, "");
            }
            return recovery.recover(run, row);
        });
    }

    /** Names of all runs. */
    public List<String> runs() {
        return runs.names();
    }

    public Optional<VersionRecord> find(String run, VersionKey key) {
        return listed(run, Optional.empty(), (lists, number) -> lists.find(VersionId.of(number, key)));
    }

    /** Records of the versions that {@code query} asks for; empty if there is no such run. */
    public List<VersionRecord> list(String run, VersionQuery query) {
        return page(run, query).versions();
    }

    /** The same, and how many there are without its limit. */
    public VersionPage page(String run, VersionQuery query) {
        return listed(run, VersionPage.NONE, (lists, number) -> lists.page(number, query));
    }

    /** The latest fleet time of creation of a version, in milliseconds since 1970; 0 if there is none. */
    public long latest(String run) {
        return listed(run, 0L, VersionLists::latest);
    }

    /** How many versions {@code query} asks for, without its limit. */
    public long count(String run, VersionQuery query) {
        return listed(run, 0L, (lists, number) -> lists.count(number, query));
    }

    /** Keys of the versions that {@code query} asks for, without its limit and order. */
    public List<VersionKey> keys(String run, VersionQuery query) {
        return listed(run, List.of(), (lists, number) -> lists.keys(number, query));
    }

    /** Versions whose root starts with {@code digits}: 1 to 64 lower-case hexadecimal ones. */
    public List<VersionRecord> rooted(String run, String digits, int limit) {
        return listed(run, List.of(), (lists, number) -> lists.rooted(number, digits, limit));
    }

    /** The latest version of each owner: bases first, then devices in order. */
    public List<VersionRecord> heads(String run, int limit, int offset) {
        return listed(run, List.of(), (lists, number) -> lists.heads(number, limit, offset));
    }

    /** The version that {@code device} held after {@code round}: time travel. Empty if it had none yet. */
    public Optional<VersionRecord> at(String run, int device, int round) {
        return listed(run, Optional.empty(), (lists, number) -> lists.at(number, device, round));
    }

    /** A pipeline by its root, which its text is checked against. */
    public Optional<Pipeline> pipeline(String root) {
        return documents.pipeline(root);
    }

    /** What the device held beside a version's values, if it was restored from a backup that had it; checked by its hash. */
    public Optional<Bytes> deviceState(String run, VersionKey key) {
        return database.snapshot(connection -> {
            Optional<Integer> number = runs.find(connection, run);
            return number.isEmpty()
                    ? Optional.empty()
                    : new DeviceStates(connection).of(VersionId.of(number.get(), key));
        });
    }

    private VersionLists lists(Connection connection) {
        return new VersionLists(connection, documents, database.dialect());
    }

    private interface Listing<T> {
        T of(VersionLists lists, int run) throws SQLException;
    }

    private <T> T listed(String run, T none, Listing<T> listing) {
        return database.snapshot(connection -> {
            Optional<Integer> number = runs.find(connection, run);
            return number.isEmpty() ? none : listing.of(lists(connection), number.get());
        });
    }

    /** Tags a version, so that no collection retires it; nothing happens if it has the tag. */
    public void tag(String run, VersionKey key, String tag) {
        long id = existing(run, key);
        database.transaction(connection -> {
            String select =
                    "SELECT id FROM version WHERE id = ? " + database.dialect().hold();
            if (Sql.query(connection, select, row -> row.getLong(1), id).isEmpty()) {
                throw new UnknownVersionException(run, key, "");
            }
            String known = "SELECT COUNT(*) FROM tag WHERE version = ? AND name = ?";
            return Sql.number(connection, known, id, tag) > 0
                    ? 0
                    : Sql.update(connection, "INSERT INTO tag (version, name) VALUES (?, ?)", id, tag);
        });
    }

    public void untag(String run, VersionKey key, String tag) {
        long id = existing(run, key);
        database.transaction(
                connection -> Sql.update(connection, "DELETE FROM tag WHERE version = ? AND name = ?", id, tag));
    }

    private long existing(String run, VersionKey key) {
        Optional<Integer> number = database.read(connection -> runs.find(connection, run));
        return VersionId.of(number.orElseThrow(() -> new UnknownVersionException(run, key, "")), key);
    }

    /**
     * Checks the whole store.
     *
     * @param quick leaves the values alone; objects are hashed in any case
     */
    public FsckReport fsck(boolean quick, Optional<Replayer> replayer) {
        return database.snapshot(connection -> new Fsck(connection, new Documents(database), replayer, quick).check());
    }

    /**
     * Retires versions and frees what nobody refers to any more.
     *
     * @param compact whether free space is to be given back to the file system; only done if nobody else is connected
     */
    public GcReport collect(Retention retention, boolean compact, Optional<Replayer> replayer) {
        Conversion conversion = new Conversion(database, documents, known, replayer, placement);
        return new GarbageCollector(database, conversion, retention).collect(compact);
    }

    /** What {@link #collect} would retire now; nothing is changed. */
    public GcPreview preview(Retention retention) {
        Conversion conversion = new Conversion(database, documents, known, Optional.empty(), placement);
        return new GarbageCollector(database, conversion, retention).preview();
    }

    /** Bytes that the store occupies on disk. */
    public long diskBytes() {
        return database.read(database.dialect()::diskBytes);
    }

    /** Writes {@code small} and {@code large} bytes to be read for the clock; close it to have them deleted. */
    public ReadProbe readProbe(int small, int large) {
        return new ReadProbe(database, small, large);
    }

    /** For tests: the store's database. */
    Database database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
    }
}
