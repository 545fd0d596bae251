package dev.starling.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BaseCacheTest {

    private final BaseCache cache = new BaseCache(2);
    private final List<Integer> fetched = new ArrayList<>();

    @BeforeEach
    void noteFetches() {
        cache.onMissing(fetched::add);
    }

    private static BaseModel base(int version) {
        TensorLayout layout = new TensorLayout(List.of(new TensorSpec("t", List.of(1))));
        return SmallFleet.base(version, Snapshot.of(layout, new float[] {version}));
    }

    @Test
    void aVersionThatIsHereIsNotFetched() {
        cache.put(base(1));
        assertThat(cache.version(1)).isCompletedWithValue(base(1));
        assertThat(cache.has(1)).isTrue();
        assertThat(fetched).isEmpty();
    }

    @Test
    void aMissingVersionIsFetchedOnceHoweverManyWait() {
        CompletableFuture<BaseModel> first = cache.version(3);
        CompletableFuture<BaseModel> second = cache.version(3);
        assertThat(fetched).containsExactly(3);
        assertThat(cache.missing()).containsExactly(3);
        assertThat(cache.has(3)).isFalse();

        cache.put(base(3));

        assertThat(first).isCompletedWithValue(base(3));
        assertThat(second).isCompletedWithValue(base(3));
        assertThat(cache.missing()).isEmpty();
    }

    @Test
    void theOldestArrivalGoesFirstAndIsFetchedAgainWhenWanted() {
        cache.put(base(7));
        cache.put(base(1));
        cache.put(base(2));
        assertThat(cache.has(7)).isFalse();
        assertThat(cache.has(1)).isTrue();
        assertThat(cache.version(7)).isNotDone();
        assertThat(fetched).containsExactly(7);
    }

    @Test
    void aVersionThatSomebodyWaitsForIsNotCrowdedOut() {
        CompletableFuture<BaseModel> waiting = cache.version(9);
        for (int version = 0; version < 5; version++) {
            cache.put(base(version));
        }
        cache.put(base(9));
        assertThat(waiting).isCompletedWithValue(base(9));
    }

    @Test
    void theSameVersionTwiceTakesOnePlace() {
        cache.put(base(1));
        cache.put(base(1));
        cache.put(base(2));
        assertThat(cache.has(1)).isTrue();
    }

    @Test
    void theLatestIsTheHighestVersionHere() {
        assertThat(cache.latest()).isEmpty();
        cache.put(base(5));
        cache.put(base(4));
        CompletableFuture<BaseModel> unused = cache.version(8);
        assertThat(unused).isNotDone();
        assertThat(cache.latest()).contains(base(5));
    }

    @Test
    void whoeverWaitsWhenTheRunEndsWaitsNoMore() {
        CompletableFuture<BaseModel> waiting = cache.version(7);
        cache.end();
        assertThat(waiting).isCompletedExceptionally();
        assertThat(cache.version(8)).isCompletedExceptionally();
        assertThat(cache.missing()).isEmpty();
        assertThat(cache.latest()).isEmpty();
    }
}
