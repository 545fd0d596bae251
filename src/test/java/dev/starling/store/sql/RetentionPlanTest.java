package dev.starling.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.store.VersionKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RetentionPlanTest {

    /** Any plan over any forest of references: nothing that stays refers to what goes, and nothing stays needlessly. */
    @Test
    void heldReferencesAreExactlyThoseThatKeptVersionsReach() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            SortedMap<Long, Long> references = forest(random);
            Set<Long> pinned = new HashSet<>();
            references.keySet().stream().filter(id -> random.nextInt(10) == 0).forEach(pinned::add);
            Retention retention =
                    new Retention(1 + random.nextInt(3), 1 + random.nextInt(3), Retention.Dependants.HOLD, 0);
            Set<Long> expected = reachable(references, pinned, retention);
            RetentionPlan plan = plan(references, pinned, retention);
            Set<Long> doomed = new HashSet<>(plan.doomed());
            assertThat(plan.converted()).as("seed %d", seed).isEmpty();
            assertThat(references.keySet().stream().filter(id -> !doomed.contains(id)))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(plan.doomed()).isSortedAccordingTo((one, two) -> Long.compare(two, one));
        }
    }

    private static RetentionPlan plan(SortedMap<Long, Long> references, Set<Long> pinned, Retention retention) {
        return new RetentionPlan(Sql.longs(references.keySet()), Sql.longs(references.values()), pinned, retention);
    }

    private static SortedMap<Long, Long> forest(Random random) {
        SortedMap<Long, Long> references = new TreeMap<>();
        for (int run = 0; run < 2; run++) {
            for (int owner = -1; owner < 5; owner++) {
                List<Long> candidates = new ArrayList<>(List.of(-1L));
                for (int version = 0; version < 3; version++) {
                    candidates.add(VersionId.of(run, VersionKey.base(version)));
                }
                for (int sequence = 0; sequence < 6; sequence++) {
                    long id = VersionId.of(run, new VersionKey(owner, sequence));
                    long reference = candidates.get(random.nextInt(candidates.size()));
                    references.put(id, reference < id ? reference : -1);
                    candidates.add(id);
                }
            }
        }
        return references;
    }

    /** By another way: a set that grows until it does not. */
    private static Set<Long> reachable(SortedMap<Long, Long> references, Set<Long> pinned, Retention retention) {
        Map<Long, Integer> seen = new HashMap<>();
        Set<Long> kept = new HashSet<>(pinned);
        List<Long> latestFirst = new ArrayList<>(references.keySet());
        Collections.reverse(latestFirst);
        for (long id : latestFirst) {
            int rank = seen.merge(VersionId.ownerOf(id), 1, Integer::sum);
            if (rank <= (VersionId.key(id).isBase() ? retention.keepBases() : retention.keepLast())) {
                kept.add(id);
            }
        }
        for (boolean grown = true; grown; ) {
            Set<Long> more = new HashSet<>(kept);
            kept.forEach(id -> more.add(references.getOrDefault(id, -1L)));
            more.remove(-1L);
            grown = kept.addAll(more);
        }
        return kept;
    }

    @Test
    void whatStaysButRefersToWhatGoesIsConverted() {
        SortedMap<Long, Long> references = new TreeMap<>();
        long oldBase = VersionId.of(0, VersionKey.base(0));
        long newBase = VersionId.of(0, VersionKey.base(1));
        long first = VersionId.of(0, VersionKey.of(4, 0));
        long second = VersionId.of(0, VersionKey.of(4, 1));
        references.put(oldBase, -1L);
        references.put(newBase, -1L);
        references.put(first, oldBase);
        references.put(second, first);
        Retention retention = new Retention(1, 1, Retention.Dependants.MATERIALISE, 0);
        RetentionPlan plan = plan(references, Set.of(), retention);
        assertThat(plan.converted()).containsExactly(second);
        assertThat(plan.doomed()).containsExactly(first, oldBase);
        plan.hold(Set.of(second));
        assertThat(plan.converted()).isEmpty();
        assertThat(plan.doomed()).isEmpty();
    }

    @Test
    void keysArePackedWithoutLossAndInOrder() {
        List<VersionKey> keys = List.of(
                VersionKey.base(0),
                VersionKey.base(VersionKey.MAX_SEQUENCE),
                VersionKey.of(0, 0),
                VersionKey.of(0, 1),
                VersionKey.of(VersionKey.MAX_OWNER, VersionKey.MAX_SEQUENCE));
        long before = -1;
        for (int run : new int[] {0, 1, VersionId.MAX_RUN}) {
            for (VersionKey key : keys) {
                long id = VersionId.of(run, key);
                assertThat(id).isGreaterThan(before);
                assertThat(VersionId.key(id)).isEqualTo(key);
                assertThat(VersionId.run(id)).isEqualTo(run);
                assertThat(VersionKey.parse(key.toString())).isEqualTo(key);
                before = id;
            }
        }
        assertThatThrownBy(() -> VersionKey.parse("base17")).hasMessageContaining("42@17");
        assertThatThrownBy(() -> new VersionKey(-2, 0)).hasMessageContaining("-2");
    }
}
