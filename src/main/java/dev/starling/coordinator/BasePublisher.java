package dev.starling.coordinator;

import dev.starling.base.Bytes;
import dev.starling.device.BaseModel;
import dev.starling.device.BaseModels;
import dev.starling.store.BaseArchive;
import dev.starling.store.ModelRoot;
import dev.starling.store.form.QuickCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Serves base versions to the nodes, in chunks that they pull.
 *
 * <p>The running versions are in memory; older ones that some personal model still starts from are in the archive. A
 * version that runs alone is offered to every node at once, while it is still being evaluated, as all will need it; of several,
 * nodes ask for those that their devices start from. Other nodes are offered the delta to the version that ran before, too: about half the bytes.
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

    /** This version will run next, alone, unless the run ends: whoever will need it may fetch it already. */
    record Announce(BaseModel next) implements Command {}

    /** These nodes have trained from what runs: they have it. */
    record Trained(Set<String> nodes) implements Command {
        Trained {
            nodes = Set.copyOf(nodes);
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

    /** A node has joined the run. Told again and again. */
    record Serve(String node, ActorRef<BaseModels.Command> baseModels) implements Command {}

    /** A node is gone. */
    record Forget(String node) implements Command {}

    private record Requested(BaseModels.Request request) implements Command {}

    /** What leads from version {@code against}, whose root is {@code againstRoot}, to another. */
    private record Delta(int against, ModelRoot againstRoot, Bytes bytes) {}

    static Behavior<Command> create(BaseArchive archive) {
        return Behaviors.setup(context -> new BasePublisher(context, archive));
    }

    private final BaseArchive archive;
    private final ActorRef<BaseModels.Request> requests;
    private final Map<String, ActorRef<BaseModels.Command>> nodes = new HashMap<>();
    /** The last version that each of {@link #nodes} is known to have: it said so, or has trained from it. */
    private final Map<ActorRef<BaseModels.Command>, Integer> here = new HashMap<>();

    /** Those of {@link #nodes} of which that is known as they trained from it: they need not say so. */
    private final Set<ActorRef<BaseModels.Command>> silent = new HashSet<>();

    /** The last version of which each of {@link #nodes} is sent the delta unasked. */
    private final Map<ActorRef<BaseModels.Command>, Integer> sent = new HashMap<>();

    private final Map<Integer, BaseModel> running = new TreeMap<>();
    private final Executor coding;
    /** To running versions, by version; on their way while they are coded. */
    private CompletableFuture<Map<Integer, Delta>> deltas = CompletableFuture.completedFuture(Map.of());

    private @Nullable BaseModel announced;
    private @Nullable BaseModel older;

    private BasePublisher(ActorContext<Command> context, BaseArchive archive) {
        super(context);
        this.archive = archive;
        this.coding = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
        this.requests = context.messageAdapter(BaseModels.Request.class, Requested::new);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Announce.class, this::onAnnounce)
                .onMessage(Publish.class, this::onPublish)
                .onMessage(Trained.class, this::onTrained)
                .onMessage(Retain.class, this::onRetain)
                .onMessage(Sync.class, this::onSync)
                .onMessage(Serve.class, this::onServe)
                .onMessage(Forget.class, this::onForget)
                .onMessage(Requested.class, this::onRequested)
                .build();
    }

    /** What runs now has been fetched by whoever needed it: its delta makes room for the next. */
    private Behavior<Command> onAnnounce(Announce announce) {
        announced = announce.next();
        deltas = deltas(List.copyOf(running.values()), List.of(announce.next()));
        nodes.values().forEach(node -> offerTo(node, announce.next()));
        return this;
    }

    private Behavior<Command> onPublish(Publish publish) {
        boolean known = announced != null && publish.bases().equals(List.of(announced));
        announced = null;
        Set<Integer> coming = publish.bases().stream().map(BaseModel::version).collect(Collectors.toSet());
        running.values().stream()
                .filter(base -> publish.inUse().contains(base.version()) && !coming.contains(base.version()))
                .forEach(base -> archive.put(base.version(), base.weights()));
        List<BaseModel> before = List.copyOf(running.values());
        running.clear();
        publish.bases().forEach(base -> running.put(base.version(), base));
        if (!known) {
            deltas = deltas(before, List.copyOf(running.values()));
            nodes.values().forEach(this::offerAlone);
        }
        return this;
    }

    private Behavior<Command> onTrained(Trained trained) {
        if (running.size() == 1) {
            int version = running.keySet().iterator().next();
            trained.nodes().stream().map(nodes::get).filter(Objects::nonNull).forEach(node -> {
                here.put(node, version);
                silent.add(node);
            });
        }
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
            running.values().forEach(base -> offerTo(node, base));
        }
    }

    private Behavior<Command> onServe(Serve serve) {
        ActorRef<BaseModels.Command> before = nodes.put(serve.node(), serve.baseModels());
        if (!serve.baseModels().equals(before)) {
            forget(before);
        }
        serve.baseModels().tell(new BaseModels.AskAt(requests));
        offerAlone(serve.baseModels());
        if (announced != null) {
            offerTo(serve.baseModels(), announced);
        }
        return this;
    }

    private Behavior<Command> onForget(Forget forget) {
        forget(nodes.remove(forget.node()));
        return this;
    }

    private void forget(@Nullable ActorRef<BaseModels.Command> node) {
        here.remove(node);
        silent.remove(node);
        sent.remove(node);
    }

    private Behavior<Command> onRequested(Requested requested) {
        BaseModels.Request request = requested.request();
        if (request instanceof BaseModels.Want want) {
            find(want.version()).ifPresent(base -> offerTo(want.replyTo(), base));
        } else if (request instanceof BaseModels.Pull pull) {
            find(pull.version()).ifPresent(base -> send(pull, base));
        } else if (request instanceof BaseModels.Here said && nodes.containsValue(said.node())) {
            here.put(said.node(), said.version());
            silent.remove(said.node());
        }
        return this;
    }

    private void send(BaseModels.Pull pull, BaseModel base) {
        Bytes chunk;
        if (pull.against() == BaseModels.WHOLE) {
            chunk = Bytes.of(base.weights().bytes(), pull.from(), pull.count());
        } else {
            Delta delta = deltas.getNow(Map.of()).get(pull.version());
            if (delta == null || delta.against() != pull.against()) {
                pull.replyTo().tell(offer(base, null, 0, false));
                return;
            }
            chunk = delta.bytes().part(pull.from(), pull.count());
        }
        pull.replyTo().tell(new BaseModels.Chunk(pull.version(), pull.against(), pull.from(), chunk));
    }

    /**
     * Within this process nothing is gained by a delta. A node that is known to have what it leads from will pull it, so that
     * its first chunks are sent at once, and once; to others, or to one that has not taken in the last, nothing is sent unasked.
     */
    private void offerTo(ActorRef<BaseModels.Command> node, BaseModel base) {
        if (!isRemote(node)) {
            node.tell(offer(base, null, 0, false));
            return;
        }
        int has = here.getOrDefault(node, BaseModels.WHOLE);
        boolean again = Objects.equals(sent.get(node), base.version());
        if (again && !deltas.isDone()) {
            return; // It is offered as soon as it is coded.
        }
        if (has != BaseModels.WHOLE) {
            sent.put(node, base.version());
        }
        boolean confirm = !silent.contains(node);
        var unused = deltas.thenAccept(
                ready -> offerTo(node, base, ready.get(base.version()), again ? BaseModels.WHOLE : has, confirm));
    }

    private void offerTo(
            ActorRef<BaseModels.Command> node, BaseModel base, @Nullable Delta delta, int has, boolean confirm) {
        if (delta == null || delta.against() != has) {
            node.tell(offer(base, delta, 0, false));
            return;
        }
        int ahead = Math.min(delta.bytes().size(), BaseModels.CHUNKS_IN_FLIGHT * BaseModels.CHUNK_BYTES);
        node.tell(offer(base, delta, ahead, confirm));
        for (int from = 0; from < ahead; from += BaseModels.CHUNK_BYTES) {
            Bytes chunk = delta.bytes().part(from, Math.min(BaseModels.CHUNK_BYTES, ahead - from));
            node.tell(new BaseModels.Chunk(base.version(), delta.against(), from, chunk));
        }
    }

    private BaseModels.Offer offer(BaseModel base, @Nullable Delta delta, int ahead, boolean confirm) {
        return new BaseModels.Offer(
                base.version(),
                delta == null ? BaseModels.WHOLE : delta.against(),
                delta == null ? base.root() : delta.againstRoot(),
                delta == null
                        ? (int) base.weights().layout().bytes()
                        : delta.bytes().size(),
                ahead,
                confirm,
                base.root(),
                requests);
    }

    private static boolean isRemote(ActorRef<?> node) {
        return node.path().address().hasGlobalScope();
    }

    /** Each of {@code bases} against the one that stood in its place before, if that saves anything. */
    private CompletableFuture<Map<Integer, Delta>> deltas(List<BaseModel> before, List<BaseModel> bases) {
        if (before.isEmpty() || nodes.values().stream().noneMatch(BasePublisher::isRemote)) {
            return CompletableFuture.completedFuture(Map.of());
        }
        return CompletableFuture.supplyAsync(() -> coded(before, bases), coding).exceptionally(failure -> Map.of());
    }

    private static Map<Integer, Delta> coded(List<BaseModel> before, List<BaseModel> bases) {
        Map<Integer, Delta> deltas = new HashMap<>();
        for (int i = 0; i < bases.size(); i++) {
            BaseModel base = bases.get(i);
            BaseModel last = before.get(Math.min(i, before.size() - 1));
            byte[] bytes = QuickCodec.encodeDelta(base.weights(), last.weights());
            if (bytes.length < base.weights().layout().bytes()) {
                deltas.put(base.version(), new Delta(last.version(), last.root(), Bytes.owning(bytes)));
            }
        }
        return deltas;
    }

    private Optional<BaseModel> find(int version) {
        BaseModel now = running.get(version);
        if (now == null && announced != null && announced.version() == version) {
            now = announced;
        }
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
