package dev.starling.cluster;

import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.apache.pekko.remote.artery.EnvelopeBuffer;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/** What a connection brings, cut into envelopes; a connection that brings anything else is closed. */
public class InboundFraming extends GraphStage<FlowShape<ByteString, EnvelopeBuffer>> {

    final Inlet<ByteString> in = Inlet.create("frames.in");
    final Outlet<EnvelopeBuffer> out = Outlet.create("frames.out");

    private final FlowShape<ByteString, EnvelopeBuffer> shape = FlowShape.of(in, out);
    private final Newcomers newcomers = new Newcomers();
    private final Predicate<ByteString> magic;
    private final IntConsumer received;

    /**
     * @param magic whether a connection may begin with these four bytes
     * @param received is told the size of each frame
     */
    protected InboundFraming(Predicate<ByteString> magic, IntConsumer received) {
        this.magic = magic;
        this.received = received;
    }

    @Override
    public FlowShape<ByteString, EnvelopeBuffer> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        FramingLogic logic = new FramingLogic(this, new FrameReader(magic), newcomers, received);
        Caller.whenKnown(logic::isFrom);
        return logic;
    }
}
