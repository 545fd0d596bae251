package badhouse.fleet;

import badhouse.model.Examples;
import org.apache.pekko.actor.typed.ActorRef;

/** Knows actors where only plans are made. */
public record KnowsActors(ActorRef<String> actor, Examples below) {}
