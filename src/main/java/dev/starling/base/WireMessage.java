package dev.starling.base;

/** A message that may travel between nodes: it is serialized by Kryo and its class has a fixed id. */
public interface WireMessage {}
