package dev.starling.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.ExitCode;
import dev.starling.data.InitialModel;
import dev.starling.store.ModelRoot;
import dev.starling.store.VersionKey;
import dev.starling.store.sql.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code recover}, {@code fork}, {@code fsck} and {@code gc}: what takes models out, and takes care of a store. */
class TakingTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private ModelsFixture starling;

    @BeforeEach
    void writeStore() throws IOException {
        starling = new ModelsFixture(directory);
    }

    @Test
    void recoveredFilesHoldTheVeryBits() {
        Path file = directory.resolve("new/phone.npz");
        assertThat(starling.models("recover", "3@1", "--out", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(InitialModel.read(file, ModelsFixture.LAYOUT)).isEqualTo(ModelsFixture.personal(3, 1));
        assertThat(starling.out())
                .contains("44 values in 4 tensors", "verified, root " + ModelRoot.of(ModelsFixture.personal(3, 1)));
    }

    @Test
    void aFileThatIsThereIsOnlyReplacedByForce() throws IOException {
        Path file = Files.writeString(directory.resolve("phone.npz"), "mine");
        assertThat(starling.models("recover", "3@1", "--out", file.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err())
                .isEqualTo("--out: must be a new file, but " + file + " exists; --force replaces it\n");
        assertThat(file).hasContent("mine");
        assertThat(starling.models("recover", "3@1", "--out", file.toString(), "--force"))
                .isEqualTo(ExitCode.OK);
        assertThat(InitialModel.read(file, ModelsFixture.LAYOUT)).isEqualTo(ModelsFixture.personal(3, 1));
    }

    @Test
    void aRecipeTakesWhoOwnsTheData() {
        Path file = directory.resolve("four.npz");
        String[] asked = {"4@2", "--out", file.toString()};
        assertThat(starling.models("recover", asked)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err())
                .isEqualTo(
                        "starling: version 4@2 of run small-1 is kept as a recipe: it can only be trained again where"
                                + " device 4's data is; raw data stays home\n");
        assertThat(file).doesNotExist();

        starling.with(results -> {
            assertThat(results).isEqualTo(starling.results);
            return Optional.of((version, reference) -> {
                assertThat(reference).isEqualTo(ModelsFixture.base(1));
                return ModelsFixture.personal(
                        version.key().owner(), version.key().sequence());
            });
        });
        assertThat(starling.models("recover", asked)).as(starling.err()).isEqualTo(ExitCode.OK);
        assertThat(InitialModel.read(file, ModelsFixture.LAYOUT)).isEqualTo(ModelsFixture.personal(4, 2));

        starling.with(results -> Optional.of((version, reference) -> reference));
        assertThat(starling.models(
                        "recover", "4@2", "--out", directory.resolve("five.npz").toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(starling.err()).contains("version 4@2 of run small-1 is damaged");
    }

    @Test
    void showWithoutTheDataStillShowsTheRest() {
        assertThat(starling.models("show", "4@2")).isEqualTo(ExitCode.OK);
        assertThat(starling.out()).contains("4@2  replay from base@1", "tensors are not shown: version 4@2");
    }

    @Test
    void aForkIsAScenarioThatStartsFromTheVersion() throws IOException {
        Path fork = directory.resolve("from3.conf");
        assertThat(starling.models("fork", "3@1", "--out", fork.toString())).isEqualTo(ExitCode.OK);
        assertThat(InitialModel.read(directory.resolve("from3.npz"), ModelsFixture.LAYOUT))
                .isEqualTo(ModelsFixture.personal(3, 1));
        assertThat(starling.out()).endsWith("start from it with:  ./starling run " + fork + "\n");
        assertThat(fork)
                .content()
                .contains(
                        "name = \"small-1-from-3-1\"",
                        "include required(file(\"" + starling.results.resolve("scenario.conf") + "\"))");
        assertThat(starling.models("fork", "3@1", "--out", fork.toString())).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void fsckSaysWhatItSawAndWhatIsWrong() throws SQLException {
        assertThat(starling.models("fsck")).isEqualTo(ExitCode.OK);
        assertThat(starling.out())
                .contains("versions  12, 11 recovered and verified\n")
                .contains("recipes   1, not verified: they take a replay where the data is\n")
                .endsWith("clean\n");
        assertThat(starling.models("fsck", "--quick")).isEqualTo(ExitCode.OK);
        assertThat(starling.out()).contains("versions  12, not recovered\n");

        String url = "jdbc:h2:file:" + starling.results.resolve("store/models").toAbsolutePath();
        try (Connection connection = DriverManager.getConnection(url, "starling", "");
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE version SET root = (SELECT root FROM version WHERE owner = 1 AND"
                            + " sequence = 1) WHERE owner = 2 AND sequence = 1"))
                    .isEqualTo(1);
        }
        assertThat(starling.models("fsck")).isEqualTo(ExitCode.FAILED);
        assertThat(starling.out())
                .startsWith("damaged version: small-1/2@1: version 2@1 of run small-1 is damaged")
                .endsWith("1 problems\n");
        assertThat(starling.models(
                        "recover", "2@1", "--out", directory.resolve("x.npz").toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(directory.resolve("x.npz")).doesNotExist();
        assertThat(starling.models(
                        "show", ModelRoot.of(ModelsFixture.personal(1, 1)).hex()))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err())
                .endsWith("several versions have a root that starts so: 1@1, 2@1; write one of them\n");
    }

    @Test
    void gcRetiresWhatItSaidItWould() {
        String[] asked = {"--keep", "1", "--grace", "0s"};
        assertThat(starling.models(
                        "gc",
                        Stream.concat(Stream.of(asked), Stream.of("--dry-run")).toArray(String[]::new)))
                .isEqualTo(ExitCode.OK);
        // Of the five of round 1, one is tagged.
        assertThat(starling.out()).contains("would retire 4 of 12 versions");
        assertThat(starling.models("list")).isEqualTo(ExitCode.OK);
        assertThat(starling.out()).endsWith("12 of 12 versions of run small-1\n");

        assertThat(starling.models("gc", asked)).isEqualTo(ExitCode.OK);
        assertThat(starling.out()).contains("retired   4 of 12 versions\n").containsPattern("on disk   .* > .*B");
        starling.models("list");
        assertThat(starling.out()).contains("8 of 8 versions").contains("3@1", "base@0");
        assertThat(starling.models("fsck")).isEqualTo(ExitCode.OK);
    }

    @Test
    void retiringBasesRebasesWhatReliedOnThem() {
        assertThat(starling.models("gc", "--retire-bases", "--grace", "0s")).isEqualTo(ExitCode.OK);
        assertThat(starling.out()).contains("retired   1 of 12 versions\nconverted 5 versions\n");
        try (ModelStore store = starling.open()) {
            assertThat(store.find(ModelsFixture.RUN, VersionKey.base(0))).isEmpty();
            assertThat(store.recover(ModelsFixture.RUN, VersionKey.of(2, 1))).isEqualTo(ModelsFixture.personal(2, 1));
        }
        assertThat(starling.models("gc", "--retire-bases=later")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).isEqualTo("--retire-bases: must be rebase or materialise, got later\n");
        assertThat(starling.models("gc", "--keep", "0")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.models("gc", "--grace", "soon")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).isEqualTo("--grace: must be a duration such as 90min, 6h or 2d, got soon\n");
    }
}
