package dev.starling.store.sql;

import dev.starling.base.SimTime;
import dev.starling.store.Form;
import dev.starling.store.ModelRoot;
import dev.starling.store.Recipe;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionMetrics;
import dev.starling.store.VersionRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** One row of table {@code version}, with the address of its object if it has one. */
final class VersionRow {

    /** What {@link #read} needs; {@code v} is the version. */
    static final String SELECT = "SELECT v.*, o.address FROM version v LEFT JOIN object o ON o.id = v.object ";

    private static final String INSERT = "INSERT INTO version (id, run, owner, sequence, root, sums, form, reference,"
            + " chain, layout, bytes, object, inline, created, recipe_round, recipe_base, recipe_steps, recipe_now,"
            + " pipeline, examples, loss, steps, accuracy_before, accuracy_after, written,"
            + " recipe_task) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final long id;
    private final ModelRoot root;
    private final byte[] sums;
    private final Form form;
    private final @Nullable Long reference;
    private final int chain;
    private final int layout;
    private final int bytes;
    private final @Nullable Long object;
    private final byte @Nullable [] inline;
    private final byte @Nullable [] address;
    private final SimTime created;
    private final Optional<Recipe> recipe;
    private final @Nullable Integer pipeline;
    private final Optional<VersionMetrics> metrics;
    private final long written;

    private VersionRow(
            long id,
            ModelRoot root,
            byte[] sums,
            Form form,
            @Nullable Long reference,
            int chain,
            int layout,
            int bytes,
            @Nullable Long object,
            byte @Nullable [] inline,
            byte @Nullable [] address,
            SimTime created,
            Optional<Recipe> recipe,
            @Nullable Integer pipeline,
            Optional<VersionMetrics> metrics,
            long written) {
        this.id = id;
        this.root = root;
        this.sums = sums;
        this.form = form;
        this.reference = reference;
        this.chain = chain;
        this.layout = layout;
        this.bytes = bytes;
        this.object = object;
        this.inline = inline;
        this.address = address;
        this.created = created;
        this.recipe = recipe;
        this.pipeline = pipeline;
        this.metrics = metrics;
        this.written = written;
    }

    static VersionRow of(
            int run,
            NewVersion version,
            int chain,
            Documents documents,
            Optional<Long> object,
            Optional<byte[]> inline,
            long written) {
        Origin origin = version.origin();
        return new VersionRow(
                VersionId.of(run, version.key()),
                version.root(),
                version.sums().toArray(),
                version.form(),
                version.reference().map(key -> VersionId.of(run, key)).orElse(null),
                chain,
                documents.idOf(version.layout()),
                version.payload().map(payload -> payload.size()).orElse(0),
                object.orElse(null),
                inline.orElse(null),
                null,
                origin.created(),
                origin.recipe(),
                origin.pipeline().map(documents::idOf).orElse(null),
                origin.metrics(),
                written);
    }

    static void insert(Connection connection, List<VersionRow> rows) throws SQLException {
        Sql.batch(connection, INSERT, rows, (statement, row) -> {
            VersionKey key = VersionId.key(row.id);
            statement.setLong(1, row.id);
            statement.setInt(2, VersionId.run(row.id));
            statement.setInt(3, key.owner());
            statement.setInt(4, key.sequence());
            statement.setBytes(5, Addresses.bytes(row.root.hex()));
            statement.setBytes(6, row.sums);
            statement.setInt(7, row.form.code());
            Sql.setLong(statement, 8, row.reference);
            statement.setInt(9, row.chain);
            statement.setInt(10, row.layout);
            statement.setInt(11, row.bytes);
            Sql.setLong(statement, 12, row.object);
            statement.setBytes(13, row.inline);
            statement.setLong(14, row.created.epochMillis());
            Sql.setInt(statement, 15, row.recipe.map(Recipe::round).orElse(null));
            Sql.setInt(statement, 16, row.recipe.map(Recipe::base).orElse(null));
            Sql.setInt(statement, 17, row.recipe.map(Recipe::steps).orElse(null));
            Sql.setLong(
                    statement,
                    18,
                    row.recipe.map(made -> made.now().epochMillis()).orElse(null));
            Sql.setInt(statement, 19, row.pipeline);
            Sql.setLong(statement, 20, row.metrics.map(VersionMetrics::examples).orElse(null));
            Sql.setDouble(
                    statement,
                    21,
                    Optionals.flat(row.metrics, metrics -> java.util.OptionalDouble.of(metrics.meanLoss())));
            Sql.setInt(statement, 22, row.metrics.map(VersionMetrics::steps).orElse(null));
            Sql.setDouble(statement, 23, Optionals.flat(row.metrics, VersionMetrics::accuracyBefore));
            Sql.setDouble(statement, 24, Optionals.flat(row.metrics, VersionMetrics::accuracyAfter));
            statement.setLong(25, row.written);
            statement.setString(26, row.recipe.map(Recipe::task).orElse(null));
        });
    }

    static VersionRow read(ResultSet row) throws SQLException {
        Integer round = Sql.getInt(row, "recipe_round");
        Optional<Recipe> recipe = round == null
                ? Optional.empty()
                : Optional.of(new Recipe(
                        round,
                        row.getInt("recipe_base"),
                        row.getInt("recipe_steps"),
                        new SimTime(row.getLong("recipe_now")),
                        row.getString("recipe_task")));
        Long examples = Sql.getLong(row, "examples");
        Optional<VersionMetrics> metrics = examples == null
                ? Optional.empty()
                : Optional.of(new VersionMetrics(
                        examples,
                        row.getDouble("loss"),
                        row.getInt("steps"),
                        Sql.getDouble(row, "accuracy_before"),
                        Sql.getDouble(row, "accuracy_after")));
        return new VersionRow(
                row.getLong("id"),
                new ModelRoot(Addresses.hex(row.getBytes("root"))),
                row.getBytes("sums"),
                Form.of(row.getInt("form")),
                Sql.getLong(row, "reference"),
                row.getInt("chain"),
                row.getInt("layout"),
                row.getInt("bytes"),
                Sql.getLong(row, "object"),
                row.getBytes("inline"),
                row.getBytes("address"),
                new SimTime(row.getLong("created")),
                recipe,
                Sql.getInt(row, "pipeline"),
                metrics,
                row.getLong("written"));
    }

    /** What everybody may see of it. */
    VersionRecord record(Connection connection, Documents documents, SortedSet<String> tags) throws SQLException {
        Optional<String> madeBy =
                pipeline == null ? Optional.empty() : Optional.of(documents.pipelineRoot(connection, pipeline));
        return new VersionRecord(
                key(), root, form, reference(), chain, payload(), created, recipe, madeBy, metrics, tags);
    }

    private Optional<VersionRecord.Payload> payload() {
        if (inline != null) {
            return Optional.of(new VersionRecord.Payload(Addresses.hex(Addresses.of(inline)), bytes, true));
        }
        return address == null
                ? Optional.empty()
                : Optional.of(new VersionRecord.Payload(Addresses.hex(address), bytes, false));
    }

    long id() {
        return id;
    }

    VersionKey key() {
        return VersionId.key(id);
    }

    ModelRoot root() {
        return root;
    }

    Form form() {
        return form;
    }

    Optional<Long> referenceId() {
        return Optional.ofNullable(reference);
    }

    Optional<VersionKey> reference() {
        return referenceId().map(VersionId::key);
    }

    int chain() {
        return chain;
    }

    int layout() {
        return layout;
    }

    int bytes() {
        return bytes;
    }

    Optional<Long> object() {
        return Optional.ofNullable(object);
    }

    Optional<byte[]> inline() {
        return Optional.ofNullable(inline);
    }

    /** A checksum per tensor; not to be changed. */
    byte[] sums() {
        return sums;
    }
}
