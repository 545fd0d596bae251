package dev.starling.protocol;

import dev.starling.device.Device;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Map<Integer, Place> homesBefore = new TreeMap<>();
    private Set<Place> takenOut = Set.of();
    private boolean bothGoOn;

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

    /**
     * Where a shard lives, as {@code asking} knows, given a home among {@code members} if it has none; null while it moves or
     * nobody is there.
     */
    @Nullable
    Place home(int shard, Place asking, List<Place> members) {
        if (takenOut.contains(asking)) {
            return bothGoOn ? homesBefore.computeIfAbsent(shard, homeless -> asking) : homesBefore.get(shard);
        }
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

    /** The last device of a shard that moves away from {@code home} has stopped. */
    void handedOff(int shard, Place home) {
        if (moving.remove(shard, home)) {
            homes.remove(shard);
            wake();
        }
    }

    /**
     * Others go on without {@code nodes}, which still live and hear no more of where shards are.
     *
     * @param homeThere whether these take over the shards of the others
     */
    void takenOut(Set<Place> nodes, boolean homeThere) {
        homesBefore.clear();
        homesBefore.putAll(homes);
        takenOut = Set.copyOf(nodes);
        bothGoOn = homeThere;
        if (homeThere) {
            homesBefore.values().retainAll(nodes);
        }
    }

    /** Shards of a node that was taken out of the cluster may live elsewhere. */
    void removed(Place place) {
        homes.values().removeIf(home -> home == place);
        moving.values().removeIf(home -> home == place);
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
