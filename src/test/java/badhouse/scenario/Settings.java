package badhouse.scenario;

/** Not for room aggregate. */
public record Settings(int value) {}
