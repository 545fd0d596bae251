package dev.starling.store.sql;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresStoreTest.Server.class)
class PostgresUpkeepTest extends StoreUpkeepContract {

    @Override
    StoreSettings emptyDatabase() {
        return PostgresStoreTest.server().newDatabase();
    }
}
