package org.apache.pekko.remote.artery.tcp;

import dev.starling.cluster.InboundFraming;
import org.apache.pekko.remote.artery.RemotingFlightRecorder;
import org.apache.pekko.util.ByteString;
import scala.collection.immutable.Set;

/**
 * Stands in the place of Pekko's class of this name, which believes every length that it reads: a negative one sends it
 * round an endless loop, and one of 2 GiB makes it keep all that arrives. Pekko has no setting to replace it, so this
 * one comes first on the class path; a test holds that it does. To be looked at whenever Pekko is raised.
 */
public final class TcpFraming extends InboundFraming {

    /** Called by Pekko for each node, not for each connection. */
    public TcpFraming(Set<ByteString> magics, RemotingFlightRecorder recorder) {
        super(magics::contains, recorder::tcpInboundReceived);
    }
}
