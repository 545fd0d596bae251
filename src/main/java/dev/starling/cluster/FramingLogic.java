package dev.starling.cluster;

import com.typesafe.config.Config;
import dev.starling.cluster.FrameReader.RefusedException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.remote.artery.ArteryTransport;
import org.apache.pekko.remote.artery.EnvelopeBuffer;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, from its first byte to its end. */
final class FramingLogic extends TimerGraphStageLogic {

    private static final Logger LOG = LoggerFactory.getLogger(InboundFraming.class);
    private static final String TICK = "tick";

    /** A node that was not met before greets first, in some hundred bytes; a stranger shall not have more kept. */
    private static final int GREETING_BYTES = 1 << 14;

    private final InboundFraming stage;
    private final FrameReader reader;
    private final Newcomers newcomers;
    private final IntConsumer received;
    private final Probation probation = new Probation();

    private int maxFrame;
    private int maxLargeFrame;

    private String address = "an unknown address";
    private boolean counted;

    /** @param newcomers among whom this connection is counted until it has shown what it is */
    FramingLogic(InboundFraming stage, FrameReader reader, Newcomers newcomers, IntConsumer received) {
        super(stage.shape());
        this.stage = stage;
        this.reader = reader;
        this.newcomers = newcomers;
        this.received = received;
        setHandler(stage.in, new AbstractInHandler() {
            @Override
            public void onPush() {
                if (isClosed(stage.out)) {
                    completeStage();
                } else {
                    reader.add(grab(stage.in));
                    advance();
                }
            }

            @Override
            public void onUpstreamFinish() {
                if (isAvailable(stage.out)) {
                    advance();
                } else if (reader.isEmpty() || isClosed(stage.out)) {
                    completeStage();
                }
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
                TlsFailure.reason(failure).ifPresent(FramingLogic.this::warn);
                failStage(failure);
            }
        });
        setHandler(stage.out, new AbstractOutHandler() {
            @Override
            public void onPull() {
                advance();
            }

            /** TLS that has failed cancels first and tells why afterwards; a tick ends what does not end by itself. */
            @Override
            public void onDownstreamFinish(Throwable cause) throws Exception {
                if (probation.isSettled() || isClosed(stage.in)) {
                    super.onDownstreamFinish(cause);
                }
            }
        });
    }

    /** Before it starts. */
    void isFrom(InetAddress caller) {
        address = caller.getHostAddress();
    }

    @Override
    public void preStart() {
        maxFrame = maxBytes("maximum-frame-size");
        maxLargeFrame = maxBytes("maximum-large-frame-size");
        Config limits = config().getConfig("starling.newcomers");
        counted = newcomers.enter(address, limits.getInt("max-per-address"), limits.getInt("max"));
        if (counted) {
            Duration tick = limits.getDuration("deadline").dividedBy(Probation.TICKS);
            scheduleWithFixedDelay(TICK, tick, tick);
        } else {
            refuse(new RefusedException("too many others have not shown yet that they are of a node"));
        }
    }

    @Override
    public void postStop() {
        leaveNewcomers();
    }

    private void leaveNewcomers() {
        if (counted) {
            counted = false;
            newcomers.leave(address);
        }
    }

    @Override
    public void onTimer(Object key) {
        boolean within = !reader.isEmpty() && hasBeenPulled(stage.in);
        Optional<String> reason = probation.tick(senderIsKnown(), reader.received(), within);
        if (probation.isSettled()) {
            leaveNewcomers();
        }
        reason.ifPresent(why -> refuse(new RefusedException(why)));
    }

    private void advance() {
        Optional<ByteBuffer> frame;
        try {
            frame = reader.next(this::maxBytes, this::mayAbbreviate);
        } catch (RefusedException e) {
            refuse(e);
            return;
        }
        if (frame.isPresent()) {
            settle();
            received.accept(frame.get().limit());
            EnvelopeBuffer envelope = new EnvelopeBuffer(frame.get());
            envelope.setStreamId(reader.stream());
            push(stage.out, envelope);
        } else if (!isClosed(stage.in)) {
            pull(stage.in);
        } else if (reader.isEmpty()) {
            completeStage();
        } else {
            refuse(new RefusedException("it ended within a frame"));
        }
    }

    private void settle() {
        if (!probation.isSettled() && senderIsKnown()) {
            probation.settle();
            leaveNewcomers();
        }
    }

    private void refuse(RefusedException reason) {
        warn(String.valueOf(reason.getMessage()));
        failStage(reason);
    }

    private void warn(String reason) {
        LOG.warn("closed a connection from {}: {}", address, reason);
    }

    private Config config() {
        return materializer().system().settings().config();
    }

    private int maxBytes(String kind) {
        return Math.toIntExact(config().getBytes("pekko.remote.artery.advanced." + kind));
    }

    private int maxBytes() {
        int configured = reader.stream() == FrameReader.LARGE ? maxLargeFrame : maxFrame;
        boolean stranger = !probation.isSettled()
                && reader.claimed().filter(uid -> !isKnown(uid)).isPresent();
        return stranger ? Math.min(configured, GREETING_BYTES) : configured;
    }

    private boolean mayAbbreviate(long uid) {
        boolean known = isKnown(uid);
        if (!known) {
            LOG.warn("left out an envelope from {}: its sender was not met before and abbreviates names", address);
        }
        return known;
    }

    private boolean senderIsKnown() {
        return reader.sender().filter(this::isKnown).isPresent();
    }

    /** Whether the node of this id has greeted this one, and has not been gone for long. */
    private boolean isKnown(long uid) {
        RemoteActorRefProvider provider =
                (RemoteActorRefProvider) ((ExtendedActorSystem) materializer().system()).provider();
        ArteryTransport transport = (ArteryTransport) provider.transport();
        return transport.association(uid) != null;
    }
}
