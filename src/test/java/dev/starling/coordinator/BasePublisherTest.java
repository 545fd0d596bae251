package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.starling.device.BaseModel;
import dev.starling.device.BaseModels;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.BaseArchive;
import dev.starling.store.ModelRoot;
import dev.starling.store.form.QuickCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One probe is a node of this process, the other a node of another actor system. */
class BasePublisherTest {

    private static final ActorTestKit KIT = ActorTestKit.create("publishing", ConfigFactory.load());
    private static final TensorLayout LAYOUT = new TensorLayout(List.of(new TensorSpec("t", List.of(500))));

    private static final ActorTestKit FAR = ActorTestKit.create("far", ConfigFactory.load());

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private final TestProbe<BaseModels.Command> near = KIT.createTestProbe();
    private final TestProbe<BaseModels.Command> far = FAR.createTestProbe();
    private final ActorRef<BaseModels.Command> farRef = ActorRefResolver.get(KIT.system())
            .resolveActorRef(ActorRefResolver.get(FAR.system()).toSerializationFormat(far.getRef()));
    private ActorRef<BasePublisher.Command> publisher =
            KIT.system().deadLetters().unsafeUpcast();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
        FAR.shutdownTestKit();
    }

    @BeforeEach
    void start() {
        publisher = KIT.spawn(BasePublisher.create(new BaseArchive(directory)));
        publisher.tell(new BasePublisher.Serve("near", near.getRef()));
        near.expectMessageClass(BaseModels.AskAt.class);
    }

    private static BaseModel base(int version, float value) {
        float[] values = new float[500];
        Arrays.fill(values, value);
        Snapshot weights = Snapshot.of(LAYOUT, values);
        return new BaseModel(version, ModelRoot.of(weights), weights);
    }

    /** Publishes, and returns what the node near by is offered. */
    private BaseModels.Offer published(BaseModel base) {
        publisher.tell(new BasePublisher.Publish(List.of(base), Set.of()));
        return near.expectMessageClass(BaseModels.Offer.class);
    }

    private void farNodeJoins() {
        publisher.tell(new BasePublisher.Serve("far", farRef));
        far.expectMessageClass(BaseModels.AskAt.class, Duration.ofSeconds(30)); // The connection is new.
    }

    /** What comes of asking for the delta from {@code against} to {@code version}; it takes a moment to be coded. */
    private BaseModels.Command pulled(BaseModels.Offer offer, int against, int count) {
        return near.awaitAssert(Duration.ofSeconds(5), () -> {
            offer.publisher().tell(new BaseModels.Pull(offer.version(), against, 0, count, near.getRef()));
            BaseModels.Command answer = near.receiveMessage();
            assertThat(answer).isInstanceOf(BaseModels.Chunk.class);
            return answer;
        });
    }

    @Test
    void anotherProcessCanPullTheDeltaToTheVersionBefore() {
        BaseModel one = base(1, 0.5f);
        BaseModel two = base(2, 0.75f);
        farNodeJoins();
        published(one);
        byte[] delta = QuickCodec.encodeDelta(two.weights(), one.weights());
        BaseModels.Offer offer = published(two);
        assertThat(offer.against()).as("in this process").isEqualTo(BaseModels.WHOLE);

        BaseModels.Chunk chunk = (BaseModels.Chunk) pulled(offer, 1, delta.length);
        assertThat(chunk.against()).isEqualTo(1);
        assertThat(chunk.bytes().toArray()).isEqualTo(delta);
    }

    @Test
    void aNodeThatHasTheVersionBeforeIsSentTheDeltaUnasked() {
        BaseModel one = base(1, 0.5f);
        BaseModel two = base(2, 0.75f);
        farNodeJoins();
        ActorRef<BaseModels.Request> requests = published(one).publisher();
        assertThat(far.expectMessageClass(BaseModels.Offer.class).ahead()).isZero();
        requests.tell(new BaseModels.Here(1, farRef));

        // That it is there is told again and again.
        farNodeJoins();
        assertThat(far.expectMessageClass(BaseModels.Offer.class).version()).isEqualTo(1);

        published(two);
        byte[] delta = QuickCodec.encodeDelta(two.weights(), one.weights());
        BaseModels.Offer offer = far.expectMessageClass(BaseModels.Offer.class);
        assertThat(offer.against()).isEqualTo(1);
        assertThat(offer.ahead()).isEqualTo(offer.bytes()).isEqualTo(delta.length);
        assertThat(offer.confirm()).isTrue();
        BaseModels.Chunk chunk = far.expectMessageClass(BaseModels.Chunk.class);
        assertThat(chunk.against()).isEqualTo(1);
        assertThat(chunk.bytes().toArray()).isEqualTo(delta);

        // Asked for once more, it is not sent once more.
        requests.tell(new BaseModels.Want(2, farRef));
        assertThat(far.expectMessageClass(BaseModels.Offer.class).ahead()).isZero();

        // It has not said yet that it has version 2.
        published(base(3, 1.5f));
        offer = far.expectMessageClass(BaseModels.Offer.class);
        assertThat(offer.against()).isEqualTo(2);
        assertThat(offer.ahead()).isZero();
        far.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void aNodeThatHasTrainedFromWhatRunsIsSentTheNextDeltaUnasked() {
        farNodeJoins();
        published(base(1, 0.5f));
        assertThat(far.expectMessageClass(BaseModels.Offer.class).ahead()).isZero();
        for (int version = 2; version < 4; version++) {
            publisher.tell(new BasePublisher.Trained(Set.of("far", "unknown")));
            published(base(version, 0.5f * version));
            BaseModels.Offer offer = far.expectMessageClass(BaseModels.Offer.class);
            assertThat(offer.version()).isEqualTo(version);
            assertThat(offer.ahead()).isPositive().isEqualTo(offer.bytes());
            assertThat(offer.confirm()).as("the next sum tells").isFalse();
            assertThat(far.expectMessageClass(BaseModels.Chunk.class).against()).isEqualTo(version - 1);
        }

        // In the next round it has nothing to do: it pulls what comes then, says so, and goes on saying so.
        ActorRef<BaseModels.Request> requests = published(base(4, 2)).publisher();
        assertThat(far.expectMessageClass(BaseModels.Offer.class).ahead()).isZero();
        far.expectNoMessage(Duration.ofMillis(50));
        requests.tell(new BaseModels.Here(4, farRef));
        published(base(5, 3));
        BaseModels.Offer offer = far.expectMessageClass(BaseModels.Offer.class);
        assertThat(offer.ahead()).isPositive();
        assertThat(offer.confirm()).isTrue();
    }

    @Test
    void aDeltaThatIsNotThereIsOfferedWhole() {
        published(base(1, 0.5f));
        BaseModels.Offer offer = published(base(2, 0.75f));
        offer.publisher().tell(new BaseModels.Pull(2, 1, 0, 10, near.getRef()));
        assertThat(near.expectMessageClass(BaseModels.Offer.class)).isEqualTo(offer);
        assertThat(((BaseModels.Chunk) pulled(offer, BaseModels.WHOLE, 8))
                        .bytes()
                        .size())
                .isEqualTo(8);
    }

    @Test
    void announcedBaseCanBeFetchedBeforeItRunsAndIsNotOfferedTwice() {
        farNodeJoins();
        published(base(1, 1f));

        publisher.tell(new BasePublisher.Announce(base(2, 2f)));
        BaseModels.Offer early = near.expectMessageClass(BaseModels.Offer.class);
        assertThat(early.version()).isEqualTo(2);
        assertThat(pulled(early, 1, 10)).isInstanceOf(BaseModels.Chunk.class);

        publisher.tell(new BasePublisher.Publish(List.of(base(2, 2f)), Set.of()));
        assertThat(pulled(early, 1, 10)).isInstanceOf(BaseModels.Chunk.class);
        near.expectNoMessage(Duration.ofMillis(200));
        assertThat(published(base(3, 3f)).version()).isEqualTo(3);
    }

    @Test
    void nodeThatJoinsMeanwhileIsOfferedBoth() {
        published(base(1, 1f));
        publisher.tell(new BasePublisher.Announce(base(2, 2f)));
        near.expectMessageClass(BaseModels.Offer.class);

        TestProbe<BaseModels.Command> late = KIT.createTestProbe();
        publisher.tell(new BasePublisher.Serve("late", late.getRef()));

        late.expectMessageClass(BaseModels.AskAt.class);
        assertThat(late.expectMessageClass(BaseModels.Offer.class).version()).isEqualTo(1);
        assertThat(late.expectMessageClass(BaseModels.Offer.class).version()).isEqualTo(2);
    }
}
