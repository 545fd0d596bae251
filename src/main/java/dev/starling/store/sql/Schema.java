package dev.starling.store.sql;

import dev.starling.base.InputException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a database to the tables that this Starling knows, or says why it cannot. */
final class Schema {

    /** The newest migration in {@code db/models}. */
    static final int VERSION = 3;

    private static final String HISTORY = "flyway_schema_history";

    private Schema() {}

    /**
     * Connects and migrates if need be; a store that is up to date costs one query, not Flyway's 0.3 s.
     *
     * @throws InputException with place and rule if the database cannot be used as a store
     */
    static Connection connect(StoreSettings settings, Dialect dialect) {
        String url = settings.url();
        if (dialect == Dialect.H2) {
            // The server that H2 starts for other JVMs must not be reachable from other machines.
            if (System.getProperty("h2.bindAddress") == null) {
                System.setProperty("h2.bindAddress", "127.0.0.1");
            }
            url += settings.mustExist() ? ";IFEXISTS=TRUE" : "";
        }
        DriverManager.setLoginTimeout((int) Math.max(1, settings.timeoutMillis() / 1000));
        try {
            Connection connection = DriverManager.getConnection(url, settings.user(), settings.password());
            try {
                prepare(settings, connection);
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw explained(settings, e);
        }
    }

    private static void prepare(StoreSettings settings, Connection connection) throws SQLException {
        int found = version(connection);
        if (found > VERSION) {
            throw new InputException(
                    settings.place(),
                    "this model store has schema version " + found + ", this Starling knows up to " + VERSION
                            + "; use a newer Starling");
        }
        if (found == 0 && settings.mustExist()) {
            throw new InputException(
                    settings.place(), "this database is not a model store: it has no table " + HISTORY);
        }
        if (found < VERSION) {
            migrate(settings);
        }
    }

    /** 0 if there is nothing of ours. */
    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet tables = statement.executeQuery("SELECT COUNT(*) FROM information_schema.tables"
                    + " WHERE LOWER(table_name) = '" + HISTORY + "' AND table_schema = CURRENT_SCHEMA")) {
                tables.next();
                if (tables.getInt(1) == 0) {
                    return 0;
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT MAX(CAST(\"version\" AS INTEGER)) FROM \"" + HISTORY
                    + "\" WHERE \"success\" = TRUE AND \"type\" = 'SQL'")) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private static void migrate(StoreSettings settings) {
        try {
            Flyway.configure()
                    .dataSource(settings.url(), settings.user(), settings.password())
                    .locations("classpath:db/models")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            String reason = String.valueOf(e.getMessage());
            String finding = reason.toLowerCase(Locale.ROOT).contains("non-empty schema")
                    ? "this database is not a model store: it holds other tables; give an empty database or schema"
                    : "the model store's tables cannot be created: "
                            + reason.lines().findFirst().orElse("");
            throw new InputException(settings.place(), finding);
        }
    }

    private static RuntimeException explained(StoreSettings settings, SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (state.startsWith("28")) {
            return new InputException(
                    settings.place(), "the database refuses user " + settings.user() + " with this password");
        }
        return switch (failure.getErrorCode()) {
            case 90146 -> new InputException(settings.place(), "there is no model store here");
            case 90020 ->
                new InputException(settings.place(), "the model store is locked by a process that does not share it");
            case 90030, 90048, 90049, 90050 ->
                new InputException(
                        settings.place(),
                        "this file is not a model store, or is damaged: " + Failures.firstLine(failure));
            default ->
                state.equals("3D000")
                        ? new InputException(
                                settings.place(), "there is no such database: " + Failures.firstLine(failure))
                        : Failures.of(settings.place(), failure);
        };
    }
}
