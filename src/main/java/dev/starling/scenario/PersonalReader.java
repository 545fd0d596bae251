package dev.starling.scenario;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.starling.model.LocalSettings;
import dev.starling.model.TrainedLayers;
import dev.starling.scenario.PersonalSettings.Policy;
import dev.starling.scenario.PersonalSettings.Source;
import dev.starling.scenario.PersonalSettings.Update;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code personal}: what devices do after the federated rounds. */
final class PersonalReader {

    private static final int MAX_SESSIONS = 1_000_000;
    private static final String LAYERS = "all, head or a list of layer indices such as [1, 2]";

    private enum PolicyKind {
        NONE,
        REPLACE,
        KEEP,
        REBASE,
        RETRAIN
    }

    private final Section personal;

    PersonalReader(Reading reading) {
        this.personal = reading.section("personal");
    }

    PersonalSettings read(LocalSettings local) {
        return new PersonalSettings(
                personal.read("sessions", Numbers.wholeNumber(0, MAX_SESSIONS)),
                personal.read("share", Numbers.number(Range.POSITIVE_SHARE)),
                personal.read("pause", Units.duration()),
                personal.read("train", layers()),
                session(local),
                personal.read("keep-momentum", Values.flag()),
                update());
    }

    private LocalSettings session(LocalSettings local) {
        return new LocalSettings(
                personal.readOptional("epochs", Numbers.wholeNumber(1, TrainingReader.MAX_EPOCHS))
                        .orElse(local.epochs()),
                personal.readOptional("batch", TrainingReader.batch()).orElse(local.batchSize()),
                personal.readOptional("learning-rate", Numbers.number(Range.POSITIVE))
                        .orElse(local.learningRate()),
                personal.readOptional("momentum", Numbers.number(Range.SHARE)).orElse(local.momentum()),
                local.weightDecay(),
                0,
                local.shuffle());
    }

    private static Conversion<TrainedLayers> layers() {
        return new Conversion<>(PersonalReader::layers, TrainedLayers.ALL);
    }

    private static TrainedLayers layers(ConfigValue value) throws Unfit {
        if (value.valueType() == ConfigValueType.LIST) {
            Set<Integer> indices = new TreeSet<>();
            for (Object index : (List<?>) value.unwrapped()) {
                if (!(index instanceof Integer number) || number < 0) {
                    throw new Unfit(LAYERS);
                }
                indices.add(number);
            }
            if (indices.isEmpty()) {
                throw new Unfit(LAYERS);
            }
            return TrainedLayers.of(indices);
        }
        return switch (Values.scalar(value, LAYERS)) {
            case "all" -> TrainedLayers.ALL;
            case "head" -> TrainedLayers.HEAD;
            default -> throw new Unfit(LAYERS);
        };
    }

    private Optional<Update> update() {
        Section update = personal.child("update");
        PolicyKind kind = update.read("policy", Values.choice(PolicyKind.class));
        int after = update.read("after", Numbers.wholeNumber(0, MAX_SESSIONS));
        Source base = update.read("base", Values.choice(Source.class));
        int rounds = update.read("rounds", Numbers.wholeNumber(1, TrainingReader.MAX_ROUNDS));
        return kind == PolicyKind.NONE
                ? Optional.empty()
                : Optional.of(new Update(Policy.valueOf(kind.name()), after, base, rounds));
    }
}
