-- What a device held beside a version's values when it was backed up, as it was restored: featurizer, optimizer state and state of
-- randomness. The address is the hash of the content.
CREATE TABLE device_state (
    version BIGINT PRIMARY KEY,
    address BYTEA NOT NULL,
    content BYTEA NOT NULL
);
