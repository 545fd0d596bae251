package dev.starling.device;

import dev.starling.base.Bytes;
import dev.starling.base.WireMessage;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.store.DamagedModelException;
import dev.starling.store.ModelRoot;
import dev.starling.store.form.QuickCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Fetches base versions for the devices of this node, each once, and verifies them: what arrives whole by its root; of a delta
 * that it leads from the very model that is here, by that model's root, and by its checksum that it is what was sent. To hash
 * every version again would take nearly as long as to decode it.
 *
 * <p>A version is unknown → wanted (a device waits for it) → offered (its publisher is known; chunks are pulled, a few
 * at a time; the first of a delta come unasked) → here. What does not arrive is pulled again, so that a lost message or a
 * new publisher costs time only. A version that is offered as a delta is pulled so if the version before it is here; else it
 * is pulled whole.
 */
public final class BaseModels extends AbstractBehavior<BaseModels.Command> {

    /** Chunk size: small enough for a frame of the transport, 256 KiB. */
    public static final int CHUNK_BYTES = 224 * 1024;

    /** In place of the version that a delta leads from: there is none, the values are as they lie in a snapshot. */
    public static final int WHOLE = -1;

    /** Chunks of a version that are under way to a node at a time. */
    public static final int CHUNKS_IN_FLIGHT = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    public sealed interface Command {}

    /** A message by which a version of the base comes to a node. */
    public sealed interface OfVersion extends WireMessage {
        int version();
    }

    /**
     * {@code version} can be pulled from {@code publisher}, whole, and as a delta if there is one.
     *
     * @param against the version that the delta leads from; {@link #WHOLE} if there is no delta
     * @param againstRoot the root of that version; of the offered one if there is no delta
     * @param bytes of the delta, or of the whole if there is none
     * @param ahead bytes of the delta that follow unasked
     * @param confirm whether the node is to say when it has all of it, though nothing had to be pulled
     */
    public record Offer(
            int version,
            int against,
            ModelRoot againstRoot,
            int bytes,
            int ahead,
            boolean confirm,
            ModelRoot root,
            ActorRef<Request> publisher)
            implements Command, OfVersion {}

    /** Bytes of a version, or of the delta to it, from {@code from}. */
    public record Chunk(int version, int against, int from, Bytes bytes) implements Command, OfVersion {}

    /** Whom to ask for versions from now on. */
    public record AskAt(ActorRef<Request> publisher) implements Command, WireMessage {}

    private record Wanted(int version) implements Command {}

    private record Again() implements Command {}

    /** What a publisher of base versions is asked. */
    public sealed interface Request extends WireMessage {}

    /** Offer me this version. */
    public record Want(int version, ActorRef<Command> replyTo) implements Request, OfVersion {}

    /** This version is on the node now. Of one that came unasked a round's sum may tell instead. */
    public record Here(int version, ActorRef<Command> node) implements Request, OfVersion {}

    /** Send me {@code count} bytes of this version, or of the delta to it. What is not there any more is offered anew. */
    public record Pull(int version, int against, int from, int count, ActorRef<Command> replyTo)
            implements Request, OfVersion {}

    public static Behavior<Command> create(TensorLayout layout, BaseCache cache) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new BaseModels(context, timers, layout, cache)));
    }

    private final TensorLayout layout;
    private final BaseCache cache;
    private final Map<Integer, Download> downloads = new HashMap<>();
    private @Nullable ActorRef<Request> publisher;

    private BaseModels(
            ActorContext<Command> context, TimerScheduler<Command> timers, TensorLayout layout, BaseCache cache) {
        super(context);
        this.layout = layout;
        this.cache = cache;
        ActorRef<Command> self = context.getSelf();
        cache.onMissing(version -> self.tell(new Wanted(version)));
        timers.startTimerWithFixedDelay(new Again(), PATIENCE);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Offer.class, this::onOffer)
                .onMessage(Chunk.class, this::onChunk)
                .onMessage(Wanted.class, this::onWanted)
                .onMessage(AskAt.class, this::onAskAt)
                .onMessage(Again.class, this::onAgain)
                .build();
    }

    private Behavior<Command> onOffer(Offer offer) {
        publisher = offer.publisher();
        if (cache.has(offer.version())) {
            return this;
        }
        boolean delta = offer.against() != WHOLE;
        if (offer.bytes() > layout.bytes() || (!delta && offer.bytes() != layout.bytes())) {
            getContext()
                    .getLog()
                    .error(
                            "version {} has {} bytes, this scenario's model {}",
                            offer.version(),
                            offer.bytes(),
                            layout.bytes());
            return this;
        }
        start(offer.version(), offer.root(), delta && isHere(offer.against(), offer.againstRoot()) ? offer : null);
        return this;
    }

    private boolean isHere(int version, ModelRoot root) {
        return cache.find(version).filter(base -> base.root().equals(root)).isPresent();
    }

    /** Pulls a version, as {@code delta} if that is given. What is under way goes on, unless that was a delta that is gone. */
    private void start(int version, ModelRoot root, @Nullable Offer delta) {
        int against = delta == null ? WHOLE : delta.against();
        int size = delta == null ? Math.toIntExact(layout.bytes()) : delta.bytes();
        int ahead = delta == null ? 0 : delta.ahead();
        Download before = downloads.get(version);
        if (before == null || (delta == null && before.against() != WHOLE)) {
            boolean confirm = delta != null && delta.confirm();
            downloads.put(version, new Download(size, root, against, ahead, confirm));
        }
        pull(version);
    }

    private Behavior<Command> onChunk(Chunk chunk) {
        Download download = downloads.get(chunk.version());
        if (download != null && download.against() == chunk.against()) {
            download.put(chunk.from(), chunk.bytes());
            pull(chunk.version());
        }
        return this;
    }

    private void pull(int version) {
        Download download = downloads.get(version);
        if (download == null) {
            return;
        }
        if (download.complete()) {
            downloads.remove(version);
            finish(version, download);
            return;
        }
        for (int from : download.nextPulls(CHUNK_BYTES, CHUNKS_IN_FLIGHT)) {
            int count = Math.min(CHUNK_BYTES, download.size() - from);
            ask(new Pull(version, download.against(), from, count, getContext().getSelf()));
        }
    }

    private void finish(int version, Download download) {
        Optional<Snapshot> weights = weights(download);
        if (weights.isPresent()) {
            cache.put(new BaseModel(version, download.root(), weights.get()));
            if (download.isToBeConfirmed()) {
                ask(new Here(version, getContext().getSelf()));
            }
            return;
        }
        getContext().getLog().error("base version {} cannot be made of what arrived; asking again", version);
        start(version, download.root(), null);
    }

    /** Empty if what arrived is damaged, or what it leads from has gone meanwhile. */
    private Optional<Snapshot> weights(Download download) {
        if (download.against() == WHOLE) {
            Snapshot whole = Snapshot.owning(layout, download.bytes());
            return Optional.of(whole).filter(weights -> ModelRoot.of(weights).equals(download.root()));
        }
        try {
            return cache.find(download.against()).map(base -> QuickCodec.decodeDelta(download.bytes(), base.weights()));
        } catch (DamagedModelException e) {
            return Optional.empty();
        }
    }

    private Behavior<Command> onWanted(Wanted wanted) {
        if (!downloads.containsKey(wanted.version()) && !cache.has(wanted.version())) {
            ask(new Want(wanted.version(), getContext().getSelf()));
        }
        return this;
    }

    private void ask(Request request) {
        if (publisher != null) {
            publisher.tell(request);
        }
    }

    /** Told again and again; only another publisher knows nothing of what is under way. */
    private Behavior<Command> onAskAt(AskAt askAt) {
        if (askAt.publisher().equals(publisher)) {
            return this;
        }
        publisher = askAt.publisher();
        return onAgain(new Again());
    }

    private Behavior<Command> onAgain(Again again) {
        cache.missing().forEach(version -> ask(new Want(version, getContext().getSelf())));
        for (Integer version : downloads.keySet().toArray(new Integer[0])) {
            Download download = downloads.get(version);
            if (download != null) {
                download.restartStalled();
                pull(version);
            }
        }
        return this;
    }
}
