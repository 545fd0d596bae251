package dev.starling.coordinator;

import dev.starling.base.Ids;
import dev.starling.base.SimTime;
import dev.starling.device.Device;
import dev.starling.device.DeviceHost;
import dev.starling.device.UpdateEffect;
import dev.starling.device.Work;
import dev.starling.metrics.DeviceRecord;
import dev.starling.metrics.FailedDevices;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.Spending;
import dev.starling.model.Evaluation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Asks devices at the end of a run how good the base and their personal model are on what they hold back.
 *
 * <p>Asking (a window of devices under way; silent ones are asked again) → done.
 */
final class DeviceSurvey extends AbstractBehavior<DeviceSurvey.Command> {

    private static final Duration CHECK = Duration.ofSeconds(2);
    private static final long PATIENCE_MILLIS = 20_000;
    private static final int WINDOW = 256;

    sealed interface Command {}

    private record Answer(Device.Evaluated evaluated) implements Command {}

    private record Check() implements Command {}

    /**
     * What was found.
     *
     * @param devices figures of all that could be evaluated, in order of their ids
     * @param failed why the others could not
     */
    record Surveyed(List<DeviceRecord> devices, List<FailedDevices> failed) {
        Surveyed {
            devices = List.copyOf(devices);
            failed = List.copyOf(failed);
        }

        /** The figures, after {@code listener} was told what is missing among them. */
        List<DeviceRecord> toldTo(RunListener listener) {
            if (!failed.isEmpty()) {
                listener.unevaluated(failed);
            }
            return devices;
        }
    }

    /** Whom to ask about what. */
    record Questions(
            String run,
            IntUnaryOperator version,
            SimTime now,
            List<Integer> devices,
            FleetLedger ledger,
            DeviceHost host) {
        Questions {
            devices = List.copyOf(devices);
        }
    }

    static Behavior<Command> create(
            Questions questions,
            ActorRef<Device.Request> devices,
            LongSupplier millis,
            ActorRef<Surveyed> coordinator) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new DeviceSurvey(context, timers, questions, devices, millis, coordinator)));
    }

    private final Questions questions;
    private final ActorRef<Device.Request> devices;
    private final LongSupplier millis;
    private final ActorRef<Surveyed> coordinator;
    private final ActorRef<Device.Evaluated> answers;
    private final TaskWindow window;
    private final Map<Integer, DeviceRecord> records = new TreeMap<>();
    private final SortedMap<Integer, String> failures = new TreeMap<>();

    private DeviceSurvey(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Questions questions,
            ActorRef<Device.Request> devices,
            LongSupplier millis,
            ActorRef<Surveyed> coordinator) {
        super(context);
        this.questions = questions;
        this.devices = devices;
        this.millis = millis;
        this.coordinator = coordinator;
        this.answers = context.messageAdapter(Device.Evaluated.class, Answer::new);
        this.window = new TaskWindow(questions.devices());
        timers.startTimerWithFixedDelay(new Check(), CHECK);
        ask();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Answer.class, this::onAnswer)
                .onMessage(Check.class, this::onCheck)
                .build();
    }

    private void ask() {
        window.next(WINDOW, millis.getAsLong()).forEach(this::send);
    }

    private void send(int device) {
        devices.tell(new Device.Evaluate(
                questions.run(),
                device,
                questions.version().applyAsInt(device),
                questions.now(),
                questions.ledger().of(device).lineage(),
                answers));
    }

    private Behavior<Command> onAnswer(Answer answer) {
        Device.Evaluated evaluated = answer.evaluated();
        note(evaluated);
        window.arrived("", Ids.of(evaluated.device()));
        ask();
        if (window.complete()) {
            coordinator.tell(new Surveyed(new ArrayList<>(records.values()), FailedDevices.of(failures)));
            return Behaviors.stopped();
        }
        return this;
    }

    private void note(Device.Evaluated evaluated) {
        if (evaluated.failure().isEmpty()) {
            records.put(evaluated.device(), record(evaluated));
        } else {
            failures.put(evaluated.device(), evaluated.failure());
        }
    }

    private DeviceRecord record(Device.Evaluated evaluated) {
        int device = evaluated.device();
        DeviceHost host = questions.host();
        FleetLedger.Entry entry = questions.ledger().of(device);
        Spending underWay = questions.ledger().underWay(device);
        return new DeviceRecord(
                device,
                host.fleet().profile(device).className(),
                host.views().trainingCount(device, questions.now()),
                host.data().heldOut(device).count(),
                entry.asked(),
                entry.reported(),
                entry.lineage().last().map(Work::version).orElse(-1),
                DeviceRecords.state(entry),
                entry.spent().plus(underWay),
                entry.wasted(),
                underWay,
                evaluated.base(),
                evaluated.personal(),
                evaluated.update().map(UpdateEffect::before).orElse(Evaluation.NONE),
                evaluated.update().map(UpdateEffect::after).orElse(Evaluation.NONE));
    }

    private Behavior<Command> onCheck(Check check) {
        window.overdue(millis.getAsLong(), PATIENCE_MILLIS).forEach(this::send);
        return this;
    }
}
