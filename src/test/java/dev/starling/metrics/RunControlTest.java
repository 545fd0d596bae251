package dev.starling.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metrics.RunControl.Wish;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunControlTest {

    private final RunControl control = new RunControl();
    private final List<Wish> told = new ArrayList<>();

    @Test
    void whatWasAskedBeforeTheRunAttachedIsNotLost() {
        control.pause();
        control.attach(told::add);
        assertThat(told).containsExactly(Wish.PAUSE);
    }

    @Test
    void anUntouchedControlTellsNothing() {
        control.attach(told::add);
        assertThat(told).isEmpty();
    }

    @Test
    void eachChangeIsToldOnce() {
        control.attach(told::add);
        control.pause();
        control.pause();
        control.resume();
        control.resume();
        assertThat(told).containsExactly(Wish.PAUSE, Wish.RUN);
    }

    @Test
    void stopIsFinal() {
        control.attach(told::add);
        control.stop();
        control.resume();
        control.pause();
        assertThat(told).containsExactly(Wish.STOP);
        assertThat(control.wish()).isEqualTo(Wish.STOP);
    }
}
