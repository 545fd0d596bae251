package dev.starling.scenario;

import dev.starling.fleet.DeviceClass;
import dev.starling.fleet.KnownHardware;
import dev.starling.fleet.Power;
import java.util.Optional;
import java.util.function.Function;

/** Reads a block of {@code fleet.classes}. */
final class ClassReader {

    private enum Like {
        NONE,
        FLAGSHIP,
        MID_RANGE,
        BUDGET,
        OLD,
        TABLET
    }

    private final Section phone;
    private final Optional<DeviceClass> known;

    private ClassReader(Section phone) {
        this.phone = phone;
        Like like = phone.read("like", Values.choice(Like.class));
        this.known = like == Like.NONE
                ? Optional.empty()
                : Optional.of(KnownHardware.valueOf(like.name()).figures());
    }

    static DeviceClass deviceClass(Section phone) {
        return new ClassReader(phone).read();
    }

    private DeviceClass read() {
        return new DeviceClass(
                phone.name(),
                phone.read("share", Numbers.fraction(new Range(0, false, 1, true))),
                figure("flops-per-second", Numbers.number(Range.POSITIVE), DeviceClass::flopsPerSecond),
                figure("down-per-second", Units.bytes(Range.POSITIVE), DeviceClass::downBytesPerSecond),
                figure("up-per-second", Units.bytes(Range.POSITIVE), DeviceClass::upBytesPerSecond),
                figure("spread", Numbers.number(Range.NOT_NEGATIVE), DeviceClass::spread),
                figure("drop-out", Numbers.number(Range.SHARE), DeviceClass::dropOut),
                figure("memory", Units.bytes(Range.POSITIVE), DeviceClass::memoryBytes),
                new Power(
                        figure(
                                "battery-joules",
                                Numbers.number(Range.POSITIVE),
                                kind -> kind.power().batteryJoules()),
                        figure(
                                "compute-watts",
                                Numbers.number(Range.NOT_NEGATIVE),
                                kind -> kind.power().computeWatts()),
                        figure(
                                "radio-watts",
                                Numbers.number(Range.NOT_NEGATIVE),
                                kind -> kind.power().radioWatts())));
    }

    private double figure(String key, Conversion<Double> conversion, Function<DeviceClass, Double> ofKnown) {
        return phone.readOr(key, conversion, known.map(ofKnown));
    }
}
