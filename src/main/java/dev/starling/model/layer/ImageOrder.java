package dev.starling.model.layer;

import java.util.List;

/** Which reordering a layer needs in front of it. */
final class ImageOrder {

    private ImageOrder() {}

    /** Nothing if the image lies channels-last already, or has one channel, for which both orders are the same. */
    static List<LayerPlan> channelsLast(Signal image) {
        int channels = image.shape().get(0);
        if (image.channelsLast() || channels == 1) {
            return List.of();
        }
        return List.of(new ReorderLayer.Plan(channels, image.width() / channels, new Signal(image.shape(), true)));
    }

    /**
     * To one row of features, channel after channel.
     *
     * @param always whether a layer is wanted even where nothing changes its place
     */
    static List<LayerPlan> flat(Signal signal, boolean always) {
        Signal row = Signal.of(signal.width());
        int channels = signal.shape().get(0);
        int places = signal.width() / channels;
        if (signal.channelsLast() && channels > 1 && places > 1) {
            return List.of(new ReorderLayer.Plan(channels, places, row));
        }
        return always ? List.of(new ReorderLayer.Plan(1, signal.width(), row)) : List.of();
    }
}
