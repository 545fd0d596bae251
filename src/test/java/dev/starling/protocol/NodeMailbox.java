package dev.starling.protocol;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.dispatch.MailboxType;
import org.apache.pekko.dispatch.MessageQueue;
import org.apache.pekko.dispatch.ProducesMessageQueue;
import scala.Option;

/** Gives every actor a {@link NodeQueue}: so what is told across nodes is seen, with no actor or reference changed. */
public final class NodeMailbox implements MailboxType, ProducesMessageQueue<NodeQueue> {

    private static final String USER = "/user/";

    /** As Pekko calls it. */
    public NodeMailbox(ActorSystem.Settings settings, Config config) {}

    @Override
    public MessageQueue create(Option<ActorRef> owner, Option<ActorSystem> system) {
        String path = owner.get().path().toStringWithoutAddress();
        World world = ((MachineScheduler) system.get().scheduler()).machine().world();
        if (world == null || !path.startsWith(USER)) {
            return new NodeQueue(null, null, path);
        }
        String below = path.substring(USER.length());
        int slash = below.indexOf('/');
        if (slash < 0) {
            return new NodeQueue(null, null, path);
        }
        return new NodeQueue(world.wires(), world.place(below.substring(0, slash)), below.substring(slash + 1));
    }
}
