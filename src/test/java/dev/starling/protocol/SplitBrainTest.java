package dev.starling.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.model.Backend;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.util.Version;
import org.junit.jupiter.api.Test;
import scala.Option;

/** What the simulated cluster makes of a cut, and of nodes that die, is what the real one would; and if it were not, that would be seen. */
class SplitBrainTest {

    private static final int MOST_NODES = 5;
    private static final int MOST_SEEDS = 200;
    private static final Predicate<String> BESIDE = Pattern.compile(
                    "round \\d+ is committed by run\\S*, which run~\\d+ has followed")
            .asMatchPredicate();

    /** Every side of every small cluster: nodes that have died and were not taken out yet are of the rest. */
    @Test
    void theSideThatGoesOnIsTheOneThatPekkoKeeps() {
        for (int nodes = 2; nodes <= MOST_NODES; nodes++) {
            List<Integer> members = IntStream.range(0, nodes).boxed().toList();
            for (int bits = 1; bits < (1 << nodes) - 1; bits++) {
                int drawn = bits;
                Set<Integer> side = new TreeSet<>(
                        members.stream().filter(i -> (drawn >> i & 1) == 1).toList());
                assertThat(KeepOldest.goesOn(members, side))
                        .as("%s of %s", side, members)
                        .isEqualTo(pekkoKeeps(members, side));
            }
        }
    }

    /** Whoever is killed in every small cluster, before anybody of them is taken out. */
    @Test
    void whoIsTakenOutWhenNodesDieIsWhomPekkoTakesOut() {
        for (int nodes = 2; nodes <= MOST_NODES; nodes++) {
            List<Integer> members = IntStream.range(0, nodes).boxed().toList();
            for (int bits = 1; bits < (1 << nodes) - 1; bits++) {
                int drawn = bits;
                Set<Integer> dead = new TreeSet<>(
                        members.stream().filter(i -> (drawn >> i & 1) == 1).toList());
                Set<Integer> left = new TreeSet<>(members);
                left.removeAll(dead);
                assertThat(KeepOldest.downed(members, dead))
                        .as("%s of %s die", dead, members)
                        .isEqualTo(pekkoDowns(members, left));
            }
        }
    }

    @Test
    void whoeverIsLeftWithoutTheOldestAndAnotherEnds() {
        assertThat(KeepOldest.downed(List.of(0, 1, 2, 3), Set.of(0, 1))).containsExactly(2, 3);
        assertThat(KeepOldest.downed(List.of(0, 1, 2, 3), Set.of(0))).containsExactly(0);
        assertThat(KeepOldest.downed(List.of(0, 1), Set.of(0))).containsExactly(1);
        assertThat(KeepOldest.downed(List.of(0, 1, 2), Set.of(1, 2))).containsExactly(0);
        assertThat(KeepOldest.downed(List.of(0, 1), Set.of(1))).containsExactly(1);
    }

    private static boolean pekkoKeeps(List<Integer> members, Set<Integer> side) {
        return pekko(members, side).decide().toString().equals("DownUnreachable");
    }

    private static Set<Integer> pekkoDowns(List<Integer> members, Set<Integer> side) {
        var strategy = pekko(members, side);
        Set<Integer> downed = new TreeSet<>();
        strategy.nodesToDown(strategy.decide()).foreach(node -> downed.add((int) node.longUid() - 1));
        return downed;
    }

    /** As a node of {@code side} sees it, which reaches nobody else. */
    private static org.apache.pekko.cluster.sbr.KeepOldest pekko(List<Integer> members, Set<Integer> side) {
        List<Member> all = members.stream().map(SplitBrainTest::member).toList();
        UniqueAddress self = all.get(side.iterator().next()).uniqueAddress();
        var strategy = new org.apache.pekko.cluster.sbr.KeepOldest("default", true, Option.empty(), self);
        all.forEach(strategy::add);
        members.stream().filter(i -> !side.contains(i)).forEach(i -> strategy.addUnreachable(all.get(i)));
        return strategy;
    }

    /** The first is the oldest. */
    private static Member member(int age) {
        UniqueAddress address = new UniqueAddress(new Address("pekko", "starling", "127.0.0.1", 2551 + age), age + 1L);
        return new Member(
                address,
                age,
                MemberStatus.up(),
                new scala.collection.immutable.Set.Set1<>("dc-default"),
                Version.Zero());
    }

    @Test
    void whereBothSidesGoOnACoordinatorIsSeenToCommitBesideItsSuccessor() throws IOException {
        Backend.start();
        LoggedErrors.warnings(false);
        Set<String> problems = new TreeSet<>();
        try (Player player = new Player(SmallRun.all())) {
            for (long seed = 0; seed < MOST_SEEDS && problems.stream().noneMatch(BESIDE); seed++) {
                problems.add(
                        player.play(seed, false, Conditions::withSplitBrain).problem());
            }
        } finally {
            LoggedErrors.warnings(true);
        }
        assertThat(problems).anyMatch(BESIDE);
    }
}
