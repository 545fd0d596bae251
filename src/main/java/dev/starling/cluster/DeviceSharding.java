package dev.starling.cluster;

import dev.starling.coordinator.NodeRoster;
import dev.starling.device.Device;
import dev.starling.device.NodeHosts;
import dev.starling.metrics.NodeFigures;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Spreads devices over the nodes: an entity per device, started by its first message, in one of a few shards. */
final class DeviceSharding {

    /** What the shard region of devices is called. */
    static final String NAME = "device";

    private static final EntityTypeKey<Device.Command> TYPE = EntityTypeKey.create(Device.Command.class, NAME);

    private DeviceSharding() {}

    /** The shard of a device, of {@code shards}, from 0. */
    static int shardOf(int device, int shards) {
        return device % shards;
    }

    /** How many shards there are. */
    static int shards(ActorSystem<?> system) {
        return system.settings().config().getInt("starling.shards");
    }

    /** The shard region of this node; requests sent to it reach their device wherever that lives. */
    static ActorRef<Device.Request> start(ActorSystem<?> system, NodeHosts hosts, NodeFigures figures) {
        int shards = shards(system);
        ActorRef<Device.Request> region = ClusterSharding.get(system)
                .init(Entity.of(TYPE, entity -> Device.create(Integer.parseInt(entity.getEntityId()), hosts, figures))
                        .withEntityProps(DispatcherSelector.fromConfig(NodeConfig.TRAINING_DISPATCHER))
                        .withRole(NodeRoster.DEVICES_ROLE)
                        .withStopMessage(Device.Stop.STOP)
                        .withMessageExtractor(new ByDevice(shards, figures)));
        return region;
    }

    /** A request names its device, so that no envelope is needed. */
    private static final class ByDevice extends ShardingMessageExtractor<Device.Request, Device.Command> {

        private final int shards;
        private final NodeFigures figures;

        ByDevice(int shards, NodeFigures figures) {
            this.shards = shards;
            this.figures = figures;
        }

        @Override
        public String entityId(Device.Request request) {
            return Integer.toString(request.device());
        }

        @Override
        public String shardId(String entityId) {
            return Integer.toString(shardOf(Integer.parseInt(entityId), shards));
        }

        /** Called when the request is handed to its device, whose thread may be busy for a while. */
        @Override
        public Device.Command unwrapMessage(Device.Request request) {
            if (request instanceof Device.Train) {
                figures.taskQueued();
            }
            return request;
        }
    }
}
