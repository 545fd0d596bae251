package dev.starling.cli.bench;

import dev.starling.model.Snapshot;
import dev.starling.store.Form;
import dev.starling.store.VersionKey;
import dev.starling.store.form.AdoptedModel;
import dev.starling.store.sql.NewVersion;
import dev.starling.store.sql.Origin;
import java.util.Optional;

/** The ways in which the benchmark keeps personal models. */
enum KeptForm {
    SNAPSHOT("snapshot"),
    DELTA("delta"),
    ADOPTED("int8 adopted"),
    HEAD("head only, delta"),
    REPLAY("replay");

    private final String label;

    KeptForm(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Which of a device's two models is kept. */
    Snapshot trained(PersonalModels models, int device) {
        return this == HEAD ? models.fineTunedHead(device) : models.personal(device);
    }

    /** Everything between a trained model and what is handed to the store, as a device does it. */
    NewVersion version(PersonalModels models, int device, Snapshot model, Origin origin) {
        VersionKey key = VersionKey.of(device, 1);
        VersionKey base = VersionKey.base(0);
        return switch (this) {
            case SNAPSHOT -> NewVersion.snapshot(key, model, origin);
            case DELTA, HEAD -> NewVersion.delta(key, model, base, models.base(), origin);
            case ADOPTED -> {
                AdoptedModel adopted = AdoptedModel.adopt(models.base(), model, 8);
                yield NewVersion.encoded(
                        key,
                        adopted.model(),
                        Form.ADOPTED,
                        Optional.of(base),
                        adopted.payload().toArray(),
                        origin);
            }
            case REPLAY -> {
                // A recipe is kept alone only where it was seen to give the same bits again.
                if (!models.personal(device).equals(model)) {
                    throw new IllegalStateException("device " + device + " does not give the same bits again");
                }
                yield NewVersion.replay(key, model, base, origin);
            }
        };
    }
}
