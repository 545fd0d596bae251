package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Ids;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskWindowTest {

    private final TaskWindow window = new TaskWindow(List.of(1, 2, 3, 4, 5));

    @Test
    void neverMoreThanTheLimitAreUnderWay() {
        assertThat(window.next(2, 0)).containsExactly(1, 2);
        assertThat(window.next(2, 0)).isEmpty();
        window.arrived("a", Ids.of(2));
        assertThat(window.next(2, 0)).containsExactly(3);
        assertThat(window.next(10, 0)).containsExactly(4, 5);
        assertThat(window.next(10, 0)).isEmpty();
    }

    @Test
    void isCompleteOnceEverybodyIsIn() {
        assertThat(window.next(5, 0)).hasSize(5);
        window.arrived("a", Ids.of(1, 2, 3, 4));
        assertThat(window.complete()).isFalse();
        window.arrived("b", Ids.of(5));
        assertThat(window.complete()).isTrue();
        assertThat(window.arrivedCount()).isEqualTo(5);
        assertThat(window.nodes()).containsExactly("a", "b");
    }

    @Test
    void anEmptyRoundIsCompleteAtOnce() {
        assertThat(new TaskWindow(List.of()).complete()).isTrue();
    }

    @Test
    void aSecondArrivalChangesNothing() {
        window.next(5, 0);
        window.arrived("a", Ids.of(1));
        window.arrived("b", Ids.of(1, 1));
        assertThat(window.arrivedCount()).isEqualTo(1);
        assertThat(window.nodes()).containsExactly("a");
    }

    @Test
    void aStrangerIsIgnored() {
        window.next(5, 0);
        window.arrived("a", Ids.of(99));
        assertThat(window.arrivedCount()).isZero();
        assertThat(window.nodes()).isEmpty();
    }

    @Test
    void whatWasOnALostNodeOrUnderWayIsAskedAgain() {
        window.next(3, 0);
        window.arrived("lost", Ids.of(1));
        window.arrived("kept", Ids.of(2));

        window.nodeLost("lost", false);

        assertThat(window.arrivedCount()).isEqualTo(1);
        assertThat(window.nodes()).containsExactly("kept");
        // Those that were never asked come first, then 1 (was there) and 3 (may have been on its way there).
        assertThat(window.next(10, 0)).containsExactly(4, 5, 1, 3);
    }

    @Test
    void whoeverArrivesAfterAllIsNotAskedAgain() {
        window.next(5, 0);
        window.nodeLost("lost", false);
        window.arrived("kept", Ids.of(3));
        assertThat(window.next(10, 0)).containsExactly(1, 2, 4, 5);
        window.arrived("kept", Ids.of(1, 2, 4, 5));
        assertThat(window.complete()).isTrue();
        assertThat(window.arrivedCount()).isEqualTo(5);
    }

    @Test
    void theSilentAreAskedAgainAfterAWhileAndThenHaveAsLongAgain() {
        window.next(1, 0);
        window.next(2, 60);
        assertThat(window.overdue(99, 100)).isEmpty();
        assertThat(window.overdue(100, 100)).containsExactly(1);
        assertThat(window.overdue(159, 100)).isEmpty();
        assertThat(window.overdue(160, 100)).containsExactly(2);
        window.arrived("a", Ids.of(1));
        assertThat(window.overdue(1000, 100)).containsExactly(2);
    }
}
