package dev.starling.scenario;

import dev.starling.data.DataSettings;
import dev.starling.data.DataSettings.Csv;
import dev.starling.data.DataSettings.Npz;
import dev.starling.data.DataSettings.Source;
import dev.starling.data.ViewSettings;
import dev.starling.data.ViewSettings.Arrival;
import dev.starling.data.ViewSettings.Concept;
import dev.starling.fleet.AvailabilitySettings.Daily;
import dev.starling.fleet.DeviceClass;
import dev.starling.fleet.LifeSettings;
import java.util.List;

/** What must hold between {@code data.bias}, {@code data.arrival} and the rest, as far as it shows without the data. */
final class ViewRules {

    private static final String SOURCE = "data.source.kind";

    private final Reading reading;
    private final Source source;
    private final ViewSettings views;

    private ViewRules(Scenario draft, Reading reading) {
        this.reading = reading;
        this.source = draft.data().source();
        this.views = draft.data().views();
    }

    static void check(Scenario draft, Reading reading) {
        ViewRules rules = new ViewRules(draft, reading);
        rules.onlyImagesAreDarkOrBlurred();
        rules.conceptsAreOfLabels(draft.data());
        rules.somethingDrifts();
        rules.regionsAreThoseOfTheFleet(draft.fleet().life());
        rules.ratesAreOfClasses(draft.fleet().classes());
    }

    private void onlyImagesAreDarkOrBlurred() {
        // The shape of an .npz shows when it is opened.
        boolean images = !(source instanceof Csv) && !DataSettings.generates(source);
        reading.rule(
                images || views.daytime().darkness() == 0,
                "data.bias.daytime.darkness needs images, got " + SOURCE + " = " + kind(),
                "data.bias.daytime.darkness",
                SOURCE);
        reading.rule(
                images || views.weather().blur() == 0,
                "data.bias.weather.blur needs images, got " + SOURCE + " = " + kind(),
                "data.bias.weather.blur",
                SOURCE);
    }

    private void conceptsAreOfLabels(DataSettings data) {
        Concept concept = views.concept();
        String labels = "data.bias.concept.labels";
        reading.rule(
                concept.labels() != 1, labels + " must be 0 or at least 2, got 1: a label alone cannot move", labels);
        if (concept.labels() == 0) {
            return;
        }
        boolean numbers = DataRules.numbersToPredict(data);
        reading.rule(
                !numbers,
                labels + " needs labels, but data.source.target-classes is 0: the target is a number",
                labels,
                "data.source.target-classes");
        int classes = DataRules.classes(data);
        reading.rule(
                numbers || source instanceof Npz || concept.labels() <= classes,
                labels + " must be at most the number of classes (" + classes + "), got " + concept.labels(),
                labels,
                SOURCE);
    }

    private void regionsAreThoseOfTheFleet(LifeSettings life) {
        String count = "data.bias.region.count";
        reading.rule(
                !(life.availability() instanceof Daily) || reading.given(count).isEmpty(),
                count + " does not apply with fleet.availability.kind = daily: devices live in fleet.regions",
                count);
    }

    private void somethingDrifts() {
        drifts("region", views.region().driftSeconds());
        drifts("weather", views.weather().driftSeconds());
        drifts("concept", views.concept().driftSeconds());
    }

    private void drifts(String bias, double seconds) {
        String path = "data.bias." + bias + ".drift";
        reading.rule(seconds > 0, path + " must be above 0, or infinite", path);
    }

    private void ratesAreOfClasses(List<DeviceClass> classes) {
        Arrival arrival = views.arrival();
        List<String> names = classes.stream().map(DeviceClass::name).toList();
        arrival.perDayOfClass().keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> reading.rule(
                        false,
                        "data.arrival.per-day must name classes of fleet.classes (" + String.join(", ", names)
                                + "), got " + name,
                        "data.arrival.per-day"));
        names.stream()
                .filter(name -> !arrival.perDayOfClass().isEmpty()
                        && !arrival.perDayOfClass().containsKey(name))
                .forEach(name -> reading.rule(
                        false,
                        "data.arrival.per-day must have a rate for each class, got none for " + name,
                        "data.arrival.per-day"));
    }

    private String kind() {
        return reading.kindOf("data.source").orElse("?");
    }
}
