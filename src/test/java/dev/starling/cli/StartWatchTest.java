package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metrics.RunListener;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StartWatchTest {

    /** Default methods too: what is not passed on is missing from the results. */
    @Test
    void everythingIsPassedOn() throws ReflectiveOperationException {
        List<String> heard = new ArrayList<>();
        RunListener next = (RunListener) Proxy.newProxyInstance(
                RunListener.class.getClassLoader(), new Class<?>[] {RunListener.class}, (proxy, method, given) -> {
                    heard.add(method.getName());
                    return null;
                });
        StartWatch watch = new StartWatch(next);
        List<String> told = new ArrayList<>();
        for (Method method : RunListener.class.getMethods()) {
            @Nullable
            Object[] arguments = Arrays.stream(method.getParameterTypes())
                    .map(type -> type == int.class ? (Object) 1 : type == double.class ? (Object) 1.0 : null)
                    .toArray();
            method.invoke(watch, arguments);
            told.add(method.getName());
        }
        assertThat(heard).isEqualTo(told).contains("skew", "finished");
    }
}
