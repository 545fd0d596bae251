package badhouse.model;

/** Must not leave a device. */
public interface Examples {}
