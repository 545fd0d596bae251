package dev.starling.store.sql;

import dev.starling.base.Bytes;
import dev.starling.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What devices held beside the values of versions that were restored; comes and goes with its version. */
record DeviceStates(Connection connection) {

    private record State(long version, Bytes content) {}

    void insert(int run, List<NewVersion> added) throws SQLException {
        List<State> states = added.stream()
                .flatMap(version -> version.origin().state().stream()
                        .map(state -> new State(VersionId.of(run, version.key()), state)))
                .toList();
        Sql.batch(
                connection,
                "INSERT INTO device_state (version, address, content) VALUES (?, ?, ?)",
                states,
                (statement, state) -> {
                    statement.setLong(1, state.version());
                    byte[] content = state.content().toArray();
                    statement.setBytes(2, Addresses.of(content));
                    statement.setBytes(3, content);
                });
    }

    void delete(Collection<Long> versions) throws SQLException {
        Sql.update(connection, "DELETE FROM device_state WHERE version = ANY (?)", (Object) Sql.longs(versions));
    }

    /** Of the version with this id, if it has any; throws StoreException if it is not what was written. */
    Optional<Bytes> of(long version) throws SQLException {
        return Sql.query(
                        connection,
                        "SELECT address, content FROM device_state WHERE version = ?",
                        row -> verified(version, Addresses.hex(row.getBytes(1)), row.getBytes(2)),
                        version)
                .stream()
                .findFirst();
    }

    private static Bytes verified(long version, String address, byte[] content) {
        String actual = Addresses.hex(Addresses.of(content));
        if (!actual.equals(address)) {
            throw new StoreException("device state of " + VersionId.key(version) + " is damaged: its address must be "
                    + address + ", its bytes have " + actual);
        }
        return Bytes.of(content);
    }
}
