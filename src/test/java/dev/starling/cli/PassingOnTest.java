package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metrics.RunListener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Listeners that stand before others must not keep anything to themselves: a default method is easily forgotten. */
class PassingOnTest {

    @Test
    void severalListenersAsOneAreToldEverything() throws ReflectiveOperationException {
        assertEverythingIsPassedOn(next -> new Listeners(List.of(next)));
    }

    @Test
    void theWatchOfTheStartPassesEverythingOn() throws ReflectiveOperationException {
        assertEverythingIsPassedOn(StartWatch::new);
    }

    private static void assertEverythingIsPassedOn(UnaryOperator<RunListener> before)
            throws IllegalAccessException, InvocationTargetException {
        List<String> told = new ArrayList<>();
        RunListener last = (RunListener) Proxy.newProxyInstance(
                RunListener.class.getClassLoader(), new Class<?>[] {RunListener.class}, (proxy, method, arguments) -> {
                    told.add(method.getName());
                    return null;
                });
        RunListener first = before.apply(last);
        for (Method method : RunListener.class.getMethods()) {
            Object[] arguments = Arrays.stream(method.getParameterTypes())
                    .map(type -> type == int.class ? (Object) 1 : type == double.class ? (Object) 1.0 : null)
                    .toArray();
            method.invoke(first, arguments);
            assertThat(told).last().isEqualTo(method.getName());
        }
        assertThat(told).hasSameSizeAs(RunListener.class.getMethods());
    }
}
