package dev.starling.aggregate;

import dev.starling.base.Ids;
import dev.starling.model.LocalResult;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The sum of one round on one node. Any number of training threads fold their deltas at once: each takes a stripe
 * that no other thread is using, adds there, and {@link #close} merges the stripes. As the sums are exact, the result
 * does not depend on who folded what where. Stripes take 8 bytes per parameter each, but only as many are allocated
 * as threads really meet. Thread-safe.
 */
public final class RoundFold {

    private final int parameters;
    private final int parts;
    private final List<Stripe> stripes;
    private final Set<Integer> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger atWork = new AtomicInteger();
    /** Folds hold it shared, closing holds it alone: no fold can slip in behind the merge. */
    private final ReadWriteLock closing = new ReentrantReadWriteLock();

    private volatile @Nullable PartialSum closed;

    /**
     * @param parameters values of a delta
     * @param stripes how many folds can run at once, at least 1: the number of training threads
     */
    public RoundFold(int parameters, int stripes) {
        this(parameters, stripes, false);
    }

    /** As above; {@code keepLosses} for cohort selection that wants the loss of each device: 8 bytes a reporter. */
    public RoundFold(int parameters, int stripes, boolean keepLosses) {
        this(parameters, 1, stripes, keepLosses);
    }

    /** As above, with a sum for each of {@code parts} groups of devices; they lie one behind the other. */
    public RoundFold(int parameters, int parts, int stripes, boolean keepLosses) {
        if (stripes < 1) {
            throw new IllegalArgumentException("stripes must be at least 1, got " + stripes);
        }
        this.parameters = parameters;
        this.parts = parts;
        this.stripes = IntStream.range(0, stripes)
                .mapToObj(i -> new Stripe(parameters, parts, keepLosses))
                .toList();
    }

    /**
     * Folds {@code weight} · (trained − base) of {@code device}, once per device. Both buffers are read from their
     * position and left as they are; exceptions as in {@link ExactSum#add(double, FloatBuffer, FloatBuffer)}, after
     * which the device may try again.
     */
    public FoldResult fold(int device, double weight, FloatBuffer trained, FloatBuffer base, LocalResult result) {
        return fold(0, device, weight, trained, base, result);
    }

    /** As above, into the sum of group {@code part}, from 0. */
    public FoldResult fold(
            int part, int device, double weight, FloatBuffer trained, FloatBuffer base, LocalResult result) {
        return foldOnce(part, device, weight, trained, base, result);
    }

    /** Folds {@code weight} · gradient of {@code device}, once per device. */
    public FoldResult foldGradient(int device, double weight, FloatBuffer gradient, LocalResult result) {
        return foldOnce(0, device, weight, gradient, null, result);
    }

    /** Counts, once per device, work that changes no base: nothing is added. Rejected if the training diverged. */
    public FoldResult note(int device, LocalResult result) {
        return once(device, stripe -> stripe.note(device, result));
    }

    /** Notes, once per device, that {@code device} has no delta to count, and why. */
    public FoldResult reject(int device, String reason) {
        return once(device, stripe -> stripe.reject(device, reason));
    }

    private FoldResult foldOnce(
            int part, int device, double weight, FloatBuffer values, @Nullable FloatBuffer base, LocalResult result) {
        return once(device, stripe -> stripe.fold(part, device, weight, values, base, result));
    }

    private FoldResult once(int device, Function<Stripe, FoldResult> handIn) {
        closing.readLock().lock();
        try {
            if (closed != null) {
                return new FoldResult.Closed();
            }
            if (!seen.add(device)) {
                return new FoldResult.Duplicate();
            }
            boolean handled = false;
            Stripe stripe = lockFreeStripe(device);
            try {
                FoldResult folded = handIn.apply(stripe);
                handled = true;
                return folded;
            } finally {
                stripe.lock.unlock();
                if (!handled) {
                    seen.remove(device);
                }
            }
        } finally {
            closing.readLock().unlock();
        }
    }

    /** The first stripe that nobody holds, so that later ones stay unallocated; else waits for one. */
    private Stripe lockFreeStripe(int device) {
        for (Stripe stripe : stripes) {
            if (stripe.lock.tryLock()) {
                return stripe;
            }
        }
        Stripe stripe = stripes.get(Math.floorMod(device, stripes.size()));
        stripe.lock.lock();
        return stripe;
    }

    /** A device begins to work for this sum; {@link #workEnds} follows, whatever comes of it. */
    public void workBegins() {
        atWork.incrementAndGet();
    }

    public void workEnds() {
        atWork.decrementAndGet();
    }

    /** Whether devices work for this sum just now. */
    public boolean isAtWork() {
        return atWork.get() > 0;
    }

    /** Whether every fold is refused by now. */
    public boolean isClosed() {
        return closed != null;
    }

    /** Whether this device's delta was handed in already, or is just being folded. */
    public boolean hasSeen(int device) {
        return seen.contains(device);
    }

    /**
     * Whether exactly {@code devices} have worked for this sum, and nobody works for it just now. A device that worked
     * before the last of them is never overlooked, whatever threads hand in meanwhile.
     */
    boolean isDoneBy(Ids devices) {
        if (seen.size() != devices.size()) {
            return false;
        }
        Set<Integer> awaited = devices.toSet();
        // The size may be of another moment than what follows, so who else is in is looked up after those awaited.
        return seen.containsAll(awaited) && awaited.containsAll(seen) && !isAtWork();
    }

    /** How many deltas were handed in so far, rejected ones included. */
    public int handled() {
        return seen.size();
    }

    /**
     * Waits for folds that are under way and merges the stripes. Closing again gives the same partial sum, and every
     * fold from now on is refused.
     */
    public PartialSum close() {
        closing.writeLock().lock();
        try {
            PartialSum result = closed;
            if (result == null) {
                result = new PartialSum(mergedTotals(), mergedSum());
                closed = result;
            }
            return result;
        } finally {
            closing.writeLock().unlock();
        }
    }

    private FoldTotals mergedTotals() {
        return stripes.stream().map(Stripe::totals).reduce(FoldTotals.NONE, FoldTotals::plus);
    }

    private ExactSum mergedSum() {
        List<ExactSum> sums =
                stripes.stream().map(Stripe::sum).flatMap(Optional::stream).toList();
        if (sums.isEmpty()) {
            return new ExactSum(parameters, parts);
        }
        ExactSum merged = sums.get(0);
        sums.subList(1, sums.size()).forEach(merged::merge);
        return merged;
    }
}
