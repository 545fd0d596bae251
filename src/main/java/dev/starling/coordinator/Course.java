package dev.starling.coordinator;

import dev.starling.device.Work.Task;
import dev.starling.metrics.RoundStage;
import dev.starling.scenario.PersonalSettings;
import dev.starling.scenario.PersonalSettings.Source;
import dev.starling.scenario.PersonalSettings.Update;
import dev.starling.scenario.PhaseSettings;

/**
 * What a run does round after round: federated rounds until the target or the last one; then, if the scenario says so,
 * personal sessions with an app update among them. Pure.
 *
 * <pre>
 * FEDERATED … → SESSION … → (FEDERATED … or PRE_TRAINING → UPDATE) → SESSION … → finished
 * </pre>
 */
final class Course {

    /** What one round is. */
    enum Stage {
        /** Devices train from the base, and their deltas move it. */
        FEDERATED("federated"),
        /** Devices train their own models on. */
        SESSION("personal"),
        /** The coordinator trains the base on its proxy data. */
        PRE_TRAINING("pre-training"),
        /** Devices are given the new base. */
        UPDATE("update");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        /** Whether the base may change. */
        boolean movesBase() {
            return this == FEDERATED || this == PRE_TRAINING;
        }
    }

    private final PhaseSettings phases;
    private final PersonalSettings personal;
    private int federatedRounds;
    private boolean targetReached;
    private int sessions;
    private int extraRounds;
    private boolean updated;

    Course(PhaseSettings phases, PersonalSettings personal) {
        this.phases = phases;
        this.personal = personal;
        this.updated = personal.update().isEmpty();
    }

    /** What the next round is, as {@code done} rounds are; throws IllegalStateException if there is none left. */
    RoundStage opens(int done) {
        Stage stage = next();
        int last = done + left();
        return switch (stage) {
            case FEDERATED ->
                federatedOver()
                        ? new RoundStage(stage.word(), "update round", extraRounds + 1, update().rounds(), last)
                        : new RoundStage(stage.word(), "round", federatedRounds + 1, phases.maxRounds(), last);
            case SESSION -> new RoundStage(stage.word(), "session", sessions + 1, personal.sessions(), last);
            case PRE_TRAINING -> new RoundStage(stage.word(), "pre-training", 1, 1, last);
            case UPDATE -> new RoundStage(stage.word(), "app update", 1, 1, last);
        };
    }

    /** Rounds that are left, unless the target is reached. */
    int left() {
        int federated = federatedOver() ? 0 : phases.maxRounds() - federatedRounds;
        int update = updated ? 0 : roundsOf(update()) - extraRounds + 1;
        return Math.addExact(federated, personal.sessions() - sessions + update);
    }

    private static int roundsOf(Update update) {
        return update.base() == Source.ROUNDS ? update.rounds() : 1;
    }

    /** Whether there is no round left. */
    boolean finished() {
        return federatedOver() && updated && sessions >= personal.sessions();
    }

    /** What the next round is; throws IllegalStateException if there is none left. */
    Stage next() {
        if (!federatedOver()) {
            return Stage.FEDERATED;
        }
        if (finished()) {
            throw new IllegalStateException("the run is finished: there is no next round");
        }
        return !updated && sessions >= update().after() ? towardsUpdate(update()) : Stage.SESSION;
    }

    private Stage towardsUpdate(Update update) {
        if (extraRounds >= roundsOf(update)) {
            return Stage.UPDATE;
        }
        return update.base() == Source.ROUNDS ? Stage.FEDERATED : Stage.PRE_TRAINING;
    }

    /** Whether the base after the next round is the last one, or the one that devices will be given. */
    boolean baseIsLastOfItsKind() {
        return switch (next()) {
            case FEDERATED ->
                federatedOver() ? extraRounds + 1 == update().rounds() : federatedRounds + 1 == phases.maxRounds();
            case PRE_TRAINING -> true;
            case SESSION, UPDATE -> false;
        };
    }

    /** What devices do in the next round. */
    Task task() {
        return switch (next()) {
            case FEDERATED, PRE_TRAINING -> Task.FEDERATED;
            case SESSION -> Task.PERSONAL;
            case UPDATE ->
                switch (update().policy()) {
                    case REPLACE -> Task.REPLACE;
                    case KEEP -> Task.KEEP;
                    case REBASE -> Task.REBASE;
                    case RETRAIN -> Task.RETRAIN;
                };
        };
    }

    /** Notes that the next round is done. */
    void done() {
        switch (next()) {
            case SESSION -> sessions++;
            case UPDATE -> updated = true;
            case PRE_TRAINING -> extraRounds++;
            case FEDERATED -> {
                if (federatedOver()) {
                    extraRounds++;
                } else {
                    federatedRounds++;
                }
            }
        }
    }

    /** Notes that the target was reached: the federated rounds are over if the scenario stops there. */
    void targetReached() {
        targetReached = true;
    }

    /** Whether nothing comes after the rounds until the target or the last one. */
    boolean onlyRounds() {
        return personal.sessions() == 0 && personal.update().isEmpty();
    }

    private boolean federatedOver() {
        return federatedRounds >= phases.maxRounds() || (targetReached && phases.stopAtTarget());
    }

    private Update update() {
        return personal.update().orElseThrow();
    }
}
