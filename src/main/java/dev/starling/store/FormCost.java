package dev.starling.store;

import java.util.Locale;
import java.util.Optional;

/**
 * What it costs to keep a version in one form, in seconds; see {@link CostModel}.
 *
 * @param bytes that are kept and uploaded
 * @param dataBytes of them, those of the device's examples: only where it has given them away
 * @param chain how many versions a recovery passes through; 0 for a snapshot
 * @param recoverSeconds T: what one recovery takes
 * @param storage λ · gigabytes · years
 * @param upload λ · gigabytes
 * @param recovery P · T
 * @param device seconds of work on the device
 * @param excluded why the policy does not allow this form, if so
 */
public record FormCost(
        Form form,
        long bytes,
        long dataBytes,
        int chain,
        double recoverSeconds,
        double storage,
        double upload,
        double recovery,
        double device,
        Optional<String> excluded) {

    /** J, in seconds. */
    public double total() {
        return storage + upload + recovery + device;
    }

    /** For people. */
    @Override
    public String toString() {
        String cost = String.format(
                Locale.ROOT,
                "%s J %.4g s (storage %.3g, upload %.3g, recovery %.3g, device %.3g)",
                form.label(),
                total(),
                storage,
                upload,
                recovery,
                device);
        if (dataBytes > 0) {
            cost += String.format(Locale.ROOT, " with %,d bytes of the device's examples", dataBytes);
        }
        return cost + excluded.map(reason -> " excluded: " + reason).orElse("");
    }
}
