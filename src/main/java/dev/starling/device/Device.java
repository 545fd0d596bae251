package dev.starling.device;

import dev.starling.aggregate.Aggregator;
import dev.starling.aggregate.RoundKey;
import dev.starling.base.Bytes;
import dev.starling.base.Causes;
import dev.starling.base.SimTime;
import dev.starling.base.WireMessage;
import dev.starling.device.NodeHosts.Place;
import dev.starling.metrics.DeviceInspection;
import dev.starling.metrics.DevicePrediction;
import dev.starling.metrics.NodeFigures;
import dev.starling.model.Evaluation;
import dev.starling.model.Examples;
import dev.starling.model.LocalResult;
import dev.starling.model.Snapshot;
import dev.starling.store.ModelRoot;
import dev.starling.store.form.VersionCodec;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * One simulated phone: decides when to train, never how.
 *
 * <pre>
 * state         request                            next state
 * fresh         Train FEDERATED                    trained: the base, changed by local training, is its own model
 *               Train PERSONAL                     personal: its own model starts from the base
 * trained       Train FEDERATED                    trained: from the newer base; personal layers go on
 *               Train PERSONAL                     personal: in no further federated round
 * personal      Train PERSONAL                     personal: trained on from its own model
 *               Train REPLACE, REBASE, RETRAIN     personal: on the new base
 *               Train KEEP                         personal: as it was
 * any           Evaluate, Recover                  unchanged; a model that is not here is made again first
 *               Predict, Inspect                   unchanged; they tell of the model that is here, if there is one
 *               training diverges                  unchanged for all that follows
 * </pre>
 *
 * <p>A request that needs a base version which is not on this node waits for it and is taken up again; nothing else waits
 * meanwhile. Training blocks the thread on purpose: devices run on a dispatcher with one thread per core. A device may
 * be stopped between any two messages, once what waits is answered: what it held can be made again from its
 * {@link Lineage}.
 */
public final class Device extends AbstractBehavior<Device.Command> {

    /** Trainings that a device remembers for those who inspect it. */
    private static final int HISTORY = 10;

    /** Bytes of a model that fit into one message. */
    private static final int PART_BYTES = 128 * 1024;

    public sealed interface Command {}

    /** A request from another node; {@code device} is the entity that it is for. */
    public sealed interface Request extends Command, WireMessage {
        String run();

        int device();

        /** Base versions without which the request cannot be served. */
        Set<Integer> versions();
    }

    /**
     * Do the last work of {@code lineage}; its other works are what the device's model came from. Federated work is
     * folded as the weighted change from base version {@code against}, which is the one that the work starts from
     * unless training is asynchronous (there FedBuff takes only running statistics as changes from it, see {@link
     * DeviceHost#contribute}). Sent again, it is answered again but not done again.
     *
     * @param region whose sum the change goes into; 0 in training without tiers
     */
    public record Train(String run, int device, int attempt, Lineage lineage, int against, int region, double weight)
            implements Request {

        /** What is to be done. */
        public Work work() {
            return lineage.last().orElseThrow();
        }

        @Override
        public Set<Integer> versions() {
            return with(lineage.versions(), against);
        }
    }

    /** Evaluate the base and, if the device ever worked, its personal model on what the device holds back, as it sees it at {@code now}. */
    public record Evaluate(
            String run, int device, int version, SimTime now, Lineage lineage, ActorRef<Evaluated> replyTo)
            implements Request {
        @Override
        public Set<Integer> versions() {
            return with(lineage.versions(), version);
        }
    }

    /** Say what the newest base here and your own model make of example {@code index} of what you hold back. */
    public record Predict(String run, int device, int index, ActorRef<DevicePrediction> replyTo) implements Request {
        @Override
        public Set<Integer> versions() {
            return Set.of();
        }
    }

    /**
     * Give your own model, from byte {@code from} of its encoding on. With a lineage it is the model that this leads to,
     * made again if need be; without one it is the model that you hold now.
     */
    public record Recover(String run, int device, Lineage lineage, int from, ActorRef<Recovered> replyTo)
            implements Request {
        @Override
        public Set<Integer> versions() {
            return new TreeSet<>(lineage.versions());
        }
    }

    /** Tell what you are and hold. */
    public record Inspect(String run, int device, ActorRef<DeviceInspection> replyTo) implements Request {
        @Override
        public Set<Integer> versions() {
            return Set.of();
        }
    }

    private static Set<Integer> with(List<Integer> versions, int other) {
        Set<Integer> all = new TreeSet<>(versions);
        all.add(other);
        return all;
    }

    private record Ready(Request request, Place place, Map<Integer, BaseModel> bases) implements Command {}

    private record Failed(Request request, Throwable failure) implements Command {}

    /** Stop: sent when the device is passivated or its shard moves. */
    public enum Stop implements Command {
        STOP
    }

    /**
     * Answer to {@link Evaluate}; both figures are of the base if the device never worked.
     *
     * @param update what the last app update did to the personal model, if there was one
     * @param failure why there are no figures; empty if there are
     */
    public record Evaluated(
            int device, Evaluation base, Evaluation personal, Optional<UpdateEffect> update, String failure)
            implements WireMessage {}

    /**
     * Answer to {@link Recover}.
     *
     * @param lineage what the model came from; empty if the device holds none
     * @param root of the model; empty if the device holds none
     * @param total bytes of the model, encoded by {@link VersionCodec}
     * @param part a part of them, at {@code from}
     */
    public record Recovered(int device, Lineage lineage, Optional<ModelRoot> root, int total, int from, Bytes part)
            implements WireMessage {}

    public static Behavior<Command> create(int device, NodeHosts hosts, NodeFigures figures) {
        return Behaviors.setup(context -> new Device(context, device, hosts, figures));
    }

    private final int device;
    private final NodeHosts hosts;
    private final NodeFigures figures;
    private final Deque<DeviceInspection.Work> history = new ArrayDeque<>(1);
    private String run = "";
    private @Nullable PersonalModel personal;
    private int waiting;
    private boolean stopping;

    private Device(ActorContext<Command> context, int device, NodeHosts hosts, NodeFigures figures) {
        super(context);
        this.device = device;
        this.hosts = hosts;
        this.figures = figures;
        figures.deviceStarted();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Request.class, this::onRequest)
                .onMessage(Ready.class, this::onArrived)
                .onMessage(Failed.class, this::onFailed)
                .onMessageEquals(Stop.STOP, this::onStop)
                .onSignal(PostStop.class, this::onStopped)
                .build();
    }

    /** Gathers what the request needs; in a healthy run it is here already. */
    private Behavior<Command> onRequest(Request request) {
        if (request instanceof Train) {
            figures.taskTakenUp();
        }
        CompletableFuture<Ready> ready = hosts.place(request.run()).thenCompose(place -> basesOf(request, place));
        if (ready.isDone() && !ready.isCompletedExceptionally()) {
            return onReady(ready.join());
        }
        waiting++;
        getContext().pipeToSelf(ready, (done, failure) -> failure == null ? done : new Failed(request, failure));
        return this;
    }

    private static CompletableFuture<Ready> basesOf(Request request, Place place) {
        List<CompletableFuture<BaseModel>> bases =
                request.versions().stream().map(place.host().bases()::version).toList();
        return CompletableFuture.allOf(bases.toArray(new CompletableFuture<?>[0]))
                .thenApply(all -> new Ready(
                        request,
                        place,
                        bases.stream()
                                .map(CompletableFuture::join)
                                .collect(Collectors.toMap(BaseModel::version, base -> base))));
    }

    private Behavior<Command> onArrived(Ready ready) {
        onReady(ready);
        return waitingIsOver();
    }

    private Behavior<Command> waitingIsOver() {
        waiting--;
        return stopping && waiting == 0 ? Behaviors.stopped() : this;
    }

    /** What was asked is answered first: nobody would ask again before long. */
    private Behavior<Command> onStop() {
        stopping = true;
        return waiting == 0 ? Behaviors.stopped() : this;
    }

    private Behavior<Command> onReady(Ready ready) {
        Request request = ready.request();
        if (!request.run().equals(run)) {
            // The devices of a cluster outlive its runs; what they learnt in one does not.
            run = request.run();
            personal = null;
            history.clear();
        }
        if (request instanceof Train train) {
            train(train, ready.place(), ready.bases());
        } else if (request instanceof Evaluate evaluate) {
            evaluate(evaluate, ready.place().host(), ready.bases());
        } else if (request instanceof Recover recover) {
            recover(recover, ready.place().host(), ready.bases());
        } else if (request instanceof Predict predict) {
            predict.replyTo()
                    .tell(Inspecting.prediction(
                            device, predict.index(), ready.place().host(), personal));
        } else if (request instanceof Inspect inspect) {
            inspect.replyTo().tell(Inspecting.inspection(device, ready.place().host(), personal, history));
        }
        return this;
    }

    private void train(Train train, Place place, Map<Integer, BaseModel> bases) {
        RoundKey round = new RoundKey(train.work().round(), train.attempt());
        PersonalModel trained = place.host()
                .contribute(
                        device,
                        round,
                        train.region(),
                        train.weight(),
                        train.lineage(),
                        bases,
                        Objects.requireNonNull(bases.get(train.against())),
                        personal);
        if (trained != null) {
            personal = trained;
            remember(trained);
        }
        place.aggregator().tell(new Aggregator.Folded(round, device));
    }

    private void remember(PersonalModel trained) {
        Work work = trained.work();
        LocalResult result = trained.result();
        history.addLast(new DeviceInspection.Work(
                work.round(), work.version(), result.steps(), result.examples(), result.meanLoss()));
        if (history.size() > HISTORY) {
            history.removeFirst();
        }
    }

    private void evaluate(Evaluate evaluate, DeviceHost host, Map<Integer, BaseModel> bases) {
        try {
            evaluate.replyTo().tell(evaluated(evaluate, host, bases));
        } catch (RuntimeException e) {
            // Asking again would end the same way: the others are evaluated without this device, which says why.
            getContext().getLog().error("device {} cannot be evaluated", device, e);
            String failure = "evaluation failed: " + e;
            evaluate.replyTo().tell(new Evaluated(device, Evaluation.NONE, Evaluation.NONE, Optional.empty(), failure));
        }
    }

    private Evaluated evaluated(Evaluate evaluate, DeviceHost host, Map<Integer, BaseModel> bases) {
        Examples heldOut = host.views().heldOut(device, evaluate.now());
        Evaluation ofBase = host.evaluateBase(weights(bases, evaluate.version()), heldOut);
        PersonalModel own = own(evaluate.lineage(), host, bases);
        Evaluation ofOwn = own == null ? ofBase : host.evaluate(own.weights(), heldOut);
        Optional<UpdateEffect> update = own == null ? Optional.empty() : own.update();
        return new Evaluated(device, ofBase, ofOwn, update, "");
    }

    private void recover(Recover recover, DeviceHost host, Map<Integer, BaseModel> bases) {
        PersonalModel own = recover.lineage().works().isEmpty() ? personal : own(recover.lineage(), host, bases);
        if (own == null) {
            recover.replyTo().tell(new Recovered(device, Lineage.NONE, Optional.empty(), 0, 0, Bytes.of(new byte[0])));
            return;
        }
        byte[] encoded = VersionCodec.encode(own.weights());
        int from = Math.min(Math.max(0, recover.from()), encoded.length);
        Bytes part = Bytes.of(Arrays.copyOfRange(encoded, from, Math.min(encoded.length, from + PART_BYTES)));
        Optional<ModelRoot> root = Optional.of(ModelRoot.of(own.weights()));
        recover.replyTo().tell(new Recovered(device, own.lineage(), root, encoded.length, from, part));
    }

    private static Snapshot weights(Map<Integer, BaseModel> bases, int version) {
        return Objects.requireNonNull(bases.get(version)).weights();
    }

    /** The device's own model, made again if it is not here; null if it never worked. */
    private @Nullable PersonalModel own(Lineage lineage, DeviceHost host, Map<Integer, BaseModel> bases) {
        if (!lineage.works().isEmpty()
                && (personal == null || !personal.lineage().equals(lineage))) {
            personal = host.make(device, lineage, bases, personal);
        }
        return lineage.works().isEmpty() ? null : personal;
    }

    private Behavior<Command> onStopped(PostStop stopped) {
        figures.deviceStopped();
        return this;
    }

    private Behavior<Command> onFailed(Failed failed) {
        if (Causes.of(failed.failure()) instanceof RunOverException) {
            getContext().getLog().debug("device {}: nobody waits for {} any more", device, failed.request());
        } else {
            getContext().getLog().error("device {} cannot serve {}", device, failed.request(), failed.failure());
        }
        return waitingIsOver();
    }
}
