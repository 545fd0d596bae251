package badhouse.device;

/** Anybody may add a message. */
final class OpenActor {

    private OpenActor() {}

    interface Command {}
}
