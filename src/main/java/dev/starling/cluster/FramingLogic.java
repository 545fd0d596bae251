package dev.starling.cluster;

import com.typesafe.config.Config;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.remote.artery.ArteryTransport;
import org.apache.pekko.remote.artery.EnvelopeBuffer;
import org.apache.pekko.stream.impl.io.TcpConnectionStage;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, from its first byte to its end. */
final class FramingLogic extends TimerGraphStageLogic {

    private static final Logger LOG = LoggerFactory.getLogger(InboundFraming.class);
    private static final String SILENCE = "silence";

    private final InboundFraming stage;
    private final FrameReader reader;
    private final IntConsumer received;

    private String source = "an unknown address";

    FramingLogic(InboundFraming stage, FrameReader reader, IntConsumer received) {
        super(stage.shape());
        this.stage = stage;
        this.reader = reader;
        this.received = received;
        setHandler(stage.in, new AbstractInHandler() {
            @Override
            public void onPush() {
                reader.add(grab(stage.in));
                advance();
            }

            @Override
            public void onUpstreamFinish() {
                if (isAvailable(stage.out)) {
                    advance();
                } else if (reader.isEmpty()) {
                    completeStage();
                }
            }
        });
        setHandler(stage.out, new AbstractOutHandler() {
            @Override
            public void onPull() {
                advance();
            }
        });
    }

    @Override
    public void preStart() {
        source = remoteAddress().orElse(source);
        scheduleOnce(SILENCE, config().getDuration("starling.first-bytes-within"));
    }

    /** Only before the first bytes: nodes that have nothing to say may be silent for long. */
    @Override
    public void onTimer(Object key) {
        if (reader.stream() == 0) {
            refuse(new FrameReader.RefusedException("it did not say what it is in time"));
        }
    }

    private void advance() {
        Optional<ByteBuffer> frame;
        try {
            frame = reader.next(maxBytes(), this::isKnown);
        } catch (FrameReader.RefusedException e) {
            refuse(e);
            return;
        }
        if (frame.isPresent()) {
            received.accept(frame.get().limit());
            EnvelopeBuffer envelope = new EnvelopeBuffer(frame.get());
            envelope.setStreamId(reader.stream());
            push(stage.out, envelope);
        } else if (!isClosed(stage.in)) {
            pull(stage.in);
        } else if (reader.isEmpty()) {
            completeStage();
        } else {
            refuse(new FrameReader.RefusedException("it ended within a frame"));
        }
    }

    private void refuse(FrameReader.RefusedException reason) {
        LOG.warn("closed a connection from {}: {}", source, reason.getMessage());
        failStage(reason);
    }

    private Config config() {
        return materializer().system().settings().config();
    }

    private int maxBytes() {
        String kind = reader.stream() == FrameReader.LARGE ? "maximum-large-frame-size" : "maximum-frame-size";
        return Math.toIntExact(config().getBytes("pekko.remote.artery.advanced." + kind));
    }

    private boolean isKnown(long uid) {
        RemoteActorRefProvider provider =
                (RemoteActorRefProvider) ((ExtendedActorSystem) materializer().system()).provider();
        ArteryTransport transport = (ArteryTransport) provider.transport();
        boolean known = transport.association(uid) != null;
        if (!known) {
            LOG.warn("left out an envelope from {}: its sender was not met before and abbreviates names", source);
        }
        return known;
    }

    /** Without TLS the connection is a stage of the same stream; with it, whoever gets here has shown a certificate. */
    private Optional<String> remoteAddress() {
        for (GraphStageLogic logic : interpreter().logics()) {
            if (logic instanceof TcpConnectionStage.TcpStreamLogic tcp) {
                return Optional.of(tcp.org$apache$pekko$stream$impl$io$TcpConnectionStage$TcpStreamLogic$$remoteAddress
                        .getAddress()
                        .getHostAddress());
            }
        }
        return Optional.empty();
    }
}
