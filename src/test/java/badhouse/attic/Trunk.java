package badhouse.attic;

/** In a package that is no room. */
final class Trunk {}
