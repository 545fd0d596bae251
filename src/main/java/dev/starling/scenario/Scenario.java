package dev.starling.scenario;

import dev.starling.algorithm.AlgorithmSettings;
import dev.starling.data.DataSettings;
import dev.starling.fleet.FleetSettings;
import dev.starling.fleet.RoundSettings;
import dev.starling.model.LocalSettings;
import dev.starling.model.ModelSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A validated scenario.
 *
 * @param name file name without ending unless the scenario says otherwise
 * @param initialModel an .npz whose arrays, in order, are the first base model
 * @param text the scenario as it will run: overrides applied, substitutions resolved, paths absolute, HOCON
 */
public record Scenario(
        String name,
        long seed,
        DataSettings data,
        ModelSettings model,
        Optional<Path> initialModel,
        LocalSettings local,
        AlgorithmSettings algorithm,
        FleetSettings fleet,
        RoundSettings rounds,
        PhaseSettings phases,
        PersonalSettings personal,
        KeepingSettings keeping,
        String text) {

    Scenario withText(String written) {
        return new Scenario(
                name,
                seed,
                data,
                model,
                initialModel,
                local,
                algorithm,
                fleet,
                rounds,
                phases,
                personal,
                keeping,
                written);
    }
}
