package dev.starling.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Bytes;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.ModelRoot;
import dev.starling.store.form.QuickCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The probe stands in for a publisher. */
class BaseModelsTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final TensorLayout LAYOUT = new TensorLayout(List.of(new TensorSpec("t", List.of(50))));
    private static final BaseModel ONE = base(1, 0.5f);
    private static final BaseModel TWO = base(2, 0.75f);
    private static final byte[] DELTA = QuickCodec.encodeDelta(TWO.weights(), ONE.weights());

    private final TestProbe<BaseModels.Request> publisher = KIT.createTestProbe();
    private final BaseCache cache = new BaseCache(3);
    private final ActorRef<BaseModels.Command> bases = KIT.spawn(BaseModels.create(LAYOUT, cache));

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private static BaseModel base(int version, float value) {
        float[] values = new float[50];
        Arrays.fill(values, value);
        return SmallFleet.base(version, Snapshot.of(LAYOUT, values));
    }

    private void offer(int against, int bytes) {
        offer(against, bytes, 0);
    }

    private void offer(int against, int bytes, int ahead) {
        offer(against, bytes, ahead, false);
    }

    private void offer(int against, int bytes, int ahead, boolean confirm) {
        ModelRoot from = against == BaseModels.WHOLE ? TWO.root() : ONE.root();
        bases.tell(new BaseModels.Offer(2, against, from, bytes, ahead, confirm, TWO.root(), publisher.getRef()));
    }

    private BaseModels.Pull pulled(int against) {
        BaseModels.Pull pull = publisher.expectMessageClass(BaseModels.Pull.class);
        assertThat(pull.version()).isEqualTo(2);
        assertThat(pull.against()).isEqualTo(against);
        return pull;
    }

    private void serve(BaseModels.Pull pull, byte[] bytes) {
        assertThat(pull.from()).isZero();
        assertThat(pull.count()).isEqualTo(bytes.length);
        pull.replyTo().tell(new BaseModels.Chunk(2, pull.against(), 0, Bytes.of(bytes)));
    }

    private static byte[] whole() {
        ByteBuffer bytes = TWO.weights().bytes();
        return Bytes.of(bytes, 0, bytes.remaining()).toArray();
    }

    private void assertArrivedUnasked() throws Exception {
        CompletableFuture<BaseModel> arrived = cache.version(2);
        assertThat(arrived.get(5, TimeUnit.SECONDS)).isEqualTo(TWO);
        publisher.expectNoMessage(Duration.ofMillis(50));
    }

    private void assertArrived() throws Exception {
        CompletableFuture<BaseModel> arrived = cache.version(2);
        assertThat(arrived.get(5, TimeUnit.SECONDS)).isEqualTo(TWO);
        publisher.expectMessage(new BaseModels.Here(2, bases));
        publisher.expectNoMessage(Duration.ZERO);
    }

    @Test
    void aDeltaToAVersionThatIsHereIsPulled() throws Exception {
        cache.put(ONE);
        offer(1, DELTA.length);
        serve(pulled(1), DELTA);
        assertArrived();
    }

    @Test
    void aDeltaThatComesUnaskedIsNeitherPulledNorAnswered() throws Exception {
        cache.put(ONE);
        offer(1, DELTA.length, DELTA.length);
        bases.tell(new BaseModels.Chunk(2, 1, 0, Bytes.of(DELTA)));
        assertArrivedUnasked();
    }

    @Test
    void whoWantsToKnowIsToldOfADeltaThatCameUnasked() throws Exception {
        cache.put(ONE);
        offer(1, DELTA.length, DELTA.length, true);
        bases.tell(new BaseModels.Chunk(2, 1, 0, Bytes.of(DELTA)));
        assertArrived();
    }

    @Test
    void aDeltaThatComesUnaskedWithoutTheVersionBeforeIsLeftAlone() throws Exception {
        offer(1, DELTA.length, DELTA.length);
        bases.tell(new BaseModels.Chunk(2, 1, 0, Bytes.of(DELTA)));
        serve(pulled(BaseModels.WHOLE), whole());
        assertArrived();
    }

    @Test
    void withoutTheVersionBeforeTheWholeIsPulled() throws Exception {
        offer(1, DELTA.length);
        serve(pulled(BaseModels.WHOLE), whole());
        assertArrived();
    }

    @Test
    void aDeltaThatIsGoneIsPulledWhole() throws Exception {
        cache.put(ONE);
        offer(1, DELTA.length);
        BaseModels.Pull old = pulled(1);
        offer(BaseModels.WHOLE, whole().length);
        BaseModels.Pull now = pulled(BaseModels.WHOLE);
        serve(old, DELTA); // Late, and of the other form: left alone.
        serve(now, whole());
        assertArrived();
    }

    @Test
    void aDamagedDeltaIsPulledWhole() throws Exception {
        cache.put(ONE);
        byte[] damaged = DELTA.clone();
        damaged[DELTA.length / 2] ^= 1;
        offer(1, DELTA.length);
        serve(pulled(1), damaged);
        serve(pulled(BaseModels.WHOLE), whole());
        assertArrived();
    }

    @Test
    void aDeltaToAnotherModelIsPulledWhole() throws Exception {
        cache.put(base(1, 0.25f)); // Not the version that the publisher had.
        offer(1, DELTA.length, DELTA.length);
        bases.tell(new BaseModels.Chunk(2, 1, 0, Bytes.of(DELTA)));
        serve(pulled(BaseModels.WHOLE), whole());
        assertArrived();
    }

    @Test
    void aDamagedWholeIsPulledAgain() throws Exception {
        byte[] damaged = whole();
        damaged[7] ^= 1;
        offer(BaseModels.WHOLE, damaged.length);
        serve(pulled(BaseModels.WHOLE), damaged);
        serve(pulled(BaseModels.WHOLE), whole());
        assertArrived();
    }

    @Test
    void whatIsLargerThanAModelIsNotPulled() {
        cache.put(ONE);
        offer(1, whole().length + 1);
        offer(BaseModels.WHOLE, whole().length - 4);
        offer(1, DELTA.length);
        pulled(1);
        publisher.expectNoMessage(Duration.ZERO);
    }
}
