package dev.starling.device;

import dev.starling.model.Architecture;
import java.util.ArrayList;
import java.util.List;

/** One {@link Workbench} per thread that trains or evaluates, made when the thread first does. */
final class Workbenches implements AutoCloseable {

    private final List<Workbench> all = new ArrayList<>();
    private final ThreadLocal<Workbench> mine;

    Workbenches(Architecture architecture, Architecture personal) {
        this.mine = ThreadLocal.withInitial(() -> {
            Workbench bench = new Workbench(architecture, personal);
            synchronized (all) {
                all.add(bench);
            }
            return bench;
        });
    }

    Workbench mine() {
        return mine.get();
    }

    /** Frees the native memory of all of them; nobody may train any more. */
    @Override
    public void close() {
        synchronized (all) {
            all.forEach(Workbench::close);
            all.clear();
        }
    }
}
