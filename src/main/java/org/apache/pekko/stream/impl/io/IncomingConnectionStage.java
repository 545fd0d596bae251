package org.apache.pekko.stream.impl.io;

import dev.starling.cluster.Caller;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import scala.Function0;
import scala.Tuple2;
import scala.runtime.BoxedUnit;

/**
 * Stands in the place of Pekko's class of this name, and differs in one thing: it says who calls. Pekko tells that to
 * nobody, so that behind TLS no one could say, or count, from where strangers come. A test holds that this one comes
 * first on the class path. To be looked at whenever Pekko is raised.
 */
public final class IncomingConnectionStage extends GraphStage<FlowShape<ByteString, ByteString>> {

    private final FlowShape<ByteString, ByteString> shape =
            FlowShape.of(Inlet.create("IncomingTCP.in"), Outlet.create("IncomingTCP.out"));
    private final AtomicBoolean created = new AtomicBoolean();
    private final ActorRef connection;
    private final InetSocketAddress remote;
    private final boolean halfClose;
    private final Function0<BoxedUnit> registered;

    /** Called by Pekko for each connection. */
    public IncomingConnectionStage(
            ActorRef connection, InetSocketAddress remote, boolean halfClose, Function0<BoxedUnit> registered) {
        this.connection = connection;
        this.remote = remote;
        this.halfClose = halfClose;
        this.registered = registered;
    }

    @Override
    public Attributes initialAttributes() {
        return Attributes.name("IncomingConnection");
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        throw new UnsupportedOperationException("needs a materializer");
    }

    @Override
    public Tuple2<GraphStageLogic, NotUsed> createLogicAndMaterializedValue(
            Attributes attributes, Materializer materializer) {
        if (!created.compareAndSet(false, true)) {
            throw new IllegalStateException("a connection can be taken once");
        }
        Caller.is(remote.getAddress());
        return Tuple2.apply(
                new TcpConnectionStage.TcpStreamLogic(
                        shape,
                        new TcpConnectionStage.Inbound(connection, halfClose, registered),
                        attributes,
                        remote,
                        materializer),
                NotUsed.getInstance());
    }

    @Override
    public String toString() {
        return "TCP-from(" + remote + ")";
    }
}
