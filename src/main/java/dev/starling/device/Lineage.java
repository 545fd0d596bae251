package dev.starling.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a personal model came about: all the work that its bits, and what is told of its last update, depend on, oldest
 * first. Federated work makes what was before irrelevant, unless the model has personal layers, which go on.
 *
 * @param works empty if the device never worked
 */
public record Lineage(List<Work> works) {

    public static final Lineage NONE = new Lineage(List.of());

    public Lineage {
        works = List.copyOf(works);
    }

    public static Lineage of(Work work) {
        return new Lineage(List.of(work));
    }

    /** This lineage and then {@code next}; {@code personalLayers} says whether the model has any. */
    public Lineage then(Work next, boolean personalLayers) {
        if (next.task() == Work.Task.FEDERATED && !personalLayers) {
            return of(next);
        }
        List<Work> longer = new ArrayList<>(works);
        longer.add(next);
        return new Lineage(longer);
    }

    /** What was done last; empty if nothing was. */
    public Optional<Work> last() {
        return works.isEmpty() ? Optional.empty() : Optional.of(works.get(works.size() - 1));
    }

    /** All but the last work. */
    Lineage before() {
        return new Lineage(works.subList(0, works.size() - 1));
    }

    /** Base versions that are needed to do all of it again, each once, oldest first. */
    public List<Integer> versions() {
        return works.stream().map(Work::version).distinct().sorted().toList();
    }
}
