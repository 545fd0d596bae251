package dev.starling.scenario;

import dev.starling.algorithm.Algorithms;
import dev.starling.scenario.PersonalSettings.Source;
import dev.starling.scenario.PersonalSettings.Update;

/** What must hold between {@code personal} and the other settings. */
final class PersonalRules {

    private PersonalRules() {}

    static void check(Scenario draft, Reading reading) {
        PersonalSettings personal = draft.personal();
        int rounds = draft.phases().maxRounds();
        reading.rule(
                rounds > 0 || personal.any(),
                "rounds.max must be at least 1 without personal.sessions, got " + rounds,
                "rounds.max",
                "personal.sessions");
        reading.rule(
                !personal.any() || !Algorithms.of(draft.algorithm()).gradientOnly(),
                "personal.sessions must be 0 with algorithm.kind = "
                        + Values.spelled(draft.algorithm().kind()) + ", where devices have no model of their"
                        + " own, got " + personal.sessions(),
                "personal.sessions",
                "algorithm.kind");
        personal.update().ifPresent(update -> check(update, draft, reading));
    }

    private static void check(Update update, Scenario draft, Reading reading) {
        PersonalSettings personal = draft.personal();
        reading.rule(
                update.after() <= personal.sessions(),
                "personal.update.after must be at most personal.sessions (" + personal.sessions() + "), got "
                        + update.after(),
                "personal.update.after",
                "personal.sessions");
        boolean fromRounds = update.base() == Source.ROUNDS;
        reading.rule(
                !fromRounds || personal.share() < 1,
                "personal.share must be below 1 with personal.update.base = rounds, for which other devices must be"
                        + " left, got " + Range.plain(personal.share()),
                "personal.share",
                "personal.update.base",
                "personal.update.policy");
        reading.rule(
                !fromRounds || draft.rounds().asynchronous().isEmpty(),
                "personal.update.base must be proxy with asynchronous training, got rounds",
                "personal.update.base",
                "rounds.asynchronous.kind");
        reading.rule(
                fromRounds || draft.phases().preTraining().epochs() > 0,
                "pre-training.epochs must be above 0 with personal.update.base = proxy, got 0",
                "pre-training.epochs",
                "personal.update.base");
    }
}
