package dev.starling.device;

import dev.starling.base.Bytes;
import dev.starling.base.WireMessage;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.store.ModelRoot;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Fetches base versions for the devices of this node, each once, and verifies their roots.
 *
 * <p>A version is unknown → wanted (a device waits for it) → offered (its publisher is known; chunks are pulled, a few
 * at a time) → here. What does not arrive is pulled again, so that a lost message or a new publisher costs time only.
 */
public final class BaseModels extends AbstractBehavior<BaseModels.Command> {

    /** Chunk size: small enough for a frame of the transport. */
    public static final int CHUNK_BYTES = 128 * 1024;

    private static final int CHUNKS_IN_FLIGHT = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    public sealed interface Command {}

    /** {@code version} can be pulled from {@code publisher}. */
    public record Offer(int version, int bytes, ModelRoot root, ActorRef<Request> publisher)
            implements Command, WireMessage {}

    /** Bytes of a version from {@code from}. */
    public record Chunk(int version, int from, Bytes bytes) implements Command, WireMessage {}

    /** Whom to ask for versions from now on. */
    public record AskAt(ActorRef<Request> publisher) implements Command, WireMessage {}

    private record Wanted(int version) implements Command {}

    private record Again() implements Command {}

    /** What a publisher of base versions is asked. */
    public sealed interface Request extends WireMessage {}

    /** Offer me this version. */
    public record Want(int version, ActorRef<Command> replyTo) implements Request {}

    /** Send me {@code count} bytes of this version. */
    public record Pull(int version, int from, int count, ActorRef<Command> replyTo) implements Request {}

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
        if (offer.bytes() != layout.bytes()) {
            getContext()
                    .getLog()
                    .error(
                            "version {} has {} bytes, this scenario's model {}",
                            offer.version(),
                            offer.bytes(),
                            layout.bytes());
        } else {
            downloads.computeIfAbsent(offer.version(), version -> new Download(offer.bytes(), offer.root()));
            pull(offer.version());
        }
        return this;
    }

    private Behavior<Command> onChunk(Chunk chunk) {
        Download download = downloads.get(chunk.version());
        if (download != null) {
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
            ask(new Pull(version, from, count, getContext().getSelf()));
        }
    }

    private void finish(int version, Download download) {
        Snapshot weights = Snapshot.ofBytes(layout, download.bytes());
        ModelRoot root = ModelRoot.of(weights);
        if (!root.equals(download.root())) {
            getContext()
                    .getLog()
                    .error(
                            "base version {} arrived damaged: root {} instead of {}; asking again",
                            version,
                            root,
                            download.root());
            ask(new Want(version, getContext().getSelf()));
            return;
        }
        cache.put(new BaseModel(version, root, weights));
    }

    private Behavior<Command> onWanted(Wanted wanted) {
        if (!downloads.containsKey(wanted.version())) {
            ask(new Want(wanted.version(), getContext().getSelf()));
        }
        return this;
    }

    private void ask(Request request) {
        if (publisher != null) {
            publisher.tell(request);
        }
    }

    private Behavior<Command> onAskAt(AskAt askAt) {
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
