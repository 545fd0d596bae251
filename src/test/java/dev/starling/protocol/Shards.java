package dev.starling.protocol;

import dev.starling.device.Device;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Where devices live. Each shard has one home, or none while it moves; a node that is gone loses its shards when the
 * others know. Regions ask here, as they would ask the shard coordinator of the cluster.
 */
final class Shards {

    /** Few, so that nodes have several devices of a shard, and none of another. */
    private static final int COUNT = 4;

    private final SplittableRandom random;
    private final Map<Place, ActorRef<Object>> regions = new LinkedHashMap<>();
    private final Map<Integer, Place> homes = new TreeMap<>();
    private final Map<Integer, Place> moving = new TreeMap<>();

    Shards(SplittableRandom random) {
        this.random = random;
    }

    static int shardOf(int device) {
        return device % COUNT;
    }

    void joined(Place place, ActorRef<Object> region) {
        regions.put(place, region);
        wake();
    }

    ActorRef<Object> region(Place place) {
        ActorRef<Object> region = regions.get(place);
        if (region == null) {
            throw new IllegalStateException(place + " has no region");
        }
        return region;
    }

    ActorRef<Device.Request> devices(Place place) {
        return region(place).narrow();
    }

    /** Where a shard lives, given a home among {@code members} if it has none; null while it moves or nobody is there. */
    @Nullable
    Place home(int shard, List<Place> members) {
        if (moving.containsKey(shard) || members.isEmpty()) {
            return null;
        }
        return homes.computeIfAbsent(shard, homeless -> members.get(random.nextInt(members.size())));
    }

    /** Begins to move a shard: its devices there are asked to stop. */
    void move(int shard) {
        Place home = homes.get(shard);
        if (home != null && home.lives() && !moving.containsKey(shard)) {
            moving.put(shard, home);
            region(home).tell(new Region.HandOff(shard));
        }
    }

    /** The last device of a moving shard has stopped. */
    void handedOff(int shard) {
        moving.remove(shard);
        homes.remove(shard);
        wake();
    }

    /** A node was taken out of the cluster. */
    void removed(Place place) {
        homes.values().removeIf(home -> home == place);
        moving.values().removeIf(home -> home == place);
        regions.remove(place);
        wake();
    }

    private void wake() {
        regions.forEach((place, region) -> {
            if (place.lives()) {
                region.tell(Region.Homes.KNOWN);
            }
        });
    }
}
