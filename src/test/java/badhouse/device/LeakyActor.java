package badhouse.device;

import badhouse.data.HarmlessShape;
import badhouse.data.Table;
import badhouse.model.Examples;
import dev.starling.base.WireMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Sends its data away in five ways. */
final class LeakyActor {

    private LeakyActor() {}

    sealed interface Command extends WireMessage {}

    record Direct(Examples examples) implements Command {}

    record InList(Map<String, Optional<List<Examples>>> examples) implements Command {}

    record Deep(Envelope envelope) implements Command {}

    @SuppressWarnings("ArrayRecordComponent")
    record InArray(Envelope[] envelopes) implements Command {}

    record Rows(Table table) implements Command {}

    /** The address of an actor that takes leaky messages is no leak itself. */
    record Harmless(int round, HarmlessShape shape, List<String> names, ActorRef<Direct> replyTo) implements Command {}

    record Envelope(Cargo cargo) {}

    interface Cargo {}

    record Crate(Examples examples) implements Cargo {}
}
