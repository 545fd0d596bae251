package dev.starling.coordinator;

import dev.starling.base.Bytes;
import dev.starling.device.BaseModel;
import dev.starling.device.BaseModels;
import dev.starling.store.BaseArchive;
import dev.starling.store.ModelRoot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Serves base versions to the nodes, in chunks that they pull.
 *
 * <p>The running versions are in memory; older ones that some personal model still starts from are in the archive. A
 * version that runs alone is offered to every node at once, as all will need it; of several, nodes ask for those that
 * their devices start from.
 */
final class BasePublisher extends AbstractBehavior<BasePublisher.Command> {

    sealed interface Command {}

    /**
     * These are the versions of the coming round; {@code inUse} are older ones that must stay available. None is deleted
     * before {@link Retain}: the run may have to go on from an earlier round.
     */
    record Publish(List<BaseModel> bases, Set<Integer> inUse) implements Command {
        Publish {
            bases = List.copyOf(bases);
            inUse = Set.copyOf(inUse);
        }
    }

    /** Only these older versions will be needed. */
    record Retain(Set<Integer> inUse) implements Command {
        Retain {
            inUse = Set.copyOf(inUse);
        }
    }

    /** Answer when all that was published so far is where it must be. */
    record Sync(ActorRef<Synced> replyTo) implements Command {}

    /** Answer to {@link Sync}. */
    record Synced() {}

    /** A node has joined the run. */
    record Serve(String node, ActorRef<BaseModels.Command> baseModels) implements Command {}

    /** A node is gone. */
    record Forget(String node) implements Command {}

    private record Requested(BaseModels.Request request) implements Command {}

    static Behavior<Command> create(BaseArchive archive) {
        return Behaviors.setup(context -> new BasePublisher(context, archive));
    }

    private final BaseArchive archive;
    private final ActorRef<BaseModels.Request> requests;
    private final Map<String, ActorRef<BaseModels.Command>> nodes = new HashMap<>();
    private final Map<Integer, BaseModel> running = new TreeMap<>();
    private @Nullable BaseModel older;

    private BasePublisher(ActorContext<Command> context, BaseArchive archive) {
        super(context);
        this.archive = archive;
        this.requests = context.messageAdapter(BaseModels.Request.class, Requested::new);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Publish.class, this::onPublish)
                .onMessage(Retain.class, this::onRetain)
                .onMessage(Sync.class, this::onSync)
                .onMessage(Serve.class, this::onServe)
                .onMessage(Forget.class, this::onForget)
                .onMessage(Requested.class, this::onRequested)
                .build();
    }

    private Behavior<Command> onPublish(Publish publish) {
        Set<Integer> coming = publish.bases().stream().map(BaseModel::version).collect(Collectors.toSet());
        running.values().stream()
                .filter(base -> publish.inUse().contains(base.version()) && !coming.contains(base.version()))
                .forEach(base -> archive.put(base.version(), base.weights()));
        running.clear();
        publish.bases().forEach(base -> running.put(base.version(), base));
        nodes.values().forEach(this::offerAlone);
        return this;
    }

    private Behavior<Command> onRetain(Retain retain) {
        archive.retainOnly(retain.inUse());
        return this;
    }

    private Behavior<Command> onSync(Sync sync) {
        sync.replyTo().tell(new Synced());
        return this;
    }

    private void offerAlone(ActorRef<BaseModels.Command> node) {
        if (running.size() == 1) {
            running.values().forEach(base -> node.tell(offer(base)));
        }
    }

    private Behavior<Command> onServe(Serve serve) {
        nodes.put(serve.node(), serve.baseModels());
        serve.baseModels().tell(new BaseModels.AskAt(requests));
        offerAlone(serve.baseModels());
        return this;
    }

    private Behavior<Command> onForget(Forget forget) {
        nodes.remove(forget.node());
        return this;
    }

    private Behavior<Command> onRequested(Requested requested) {
        BaseModels.Request request = requested.request();
        if (request instanceof BaseModels.Want want) {
            find(want.version()).ifPresent(base -> want.replyTo().tell(offer(base)));
        } else if (request instanceof BaseModels.Pull pull) {
            find(pull.version()).ifPresent(base -> send(pull, base));
        }
        return this;
    }

    private static void send(BaseModels.Pull pull, BaseModel base) {
        Bytes chunk = Bytes.of(base.weights().bytes(), pull.from(), pull.count());
        pull.replyTo().tell(new BaseModels.Chunk(pull.version(), pull.from(), chunk));
    }

    private BaseModels.Offer offer(BaseModel base) {
        int bytes = (int) base.weights().layout().bytes();
        return new BaseModels.Offer(base.version(), bytes, base.root(), requests);
    }

    private Optional<BaseModel> find(int version) {
        BaseModel now = running.get(version);
        if (now != null) {
            return Optional.of(now);
        }
        if (older == null || older.version() != version) {
            older = archive.find(version)
                    .map(weights -> new BaseModel(version, ModelRoot.of(weights), weights))
                    .orElse(null);
        }
        return Optional.ofNullable(older);
    }
}
