package dev.starling.data;

import dev.starling.model.Examples;

/**
 * Random changes of images in training, none of which changes what they show: the standard ones for small images (He et
 * al., CVPR 2016, section 4.2).
 *
 * @param crop pixels of zeros that an image is framed with, before a part of its old size is cut out at random; 0: none
 * @param flip whether an image is mirrored, left and right, in one of two cases
 */
public record Augmentation(int crop, boolean flip) {

    public static final Augmentation NONE = new Augmentation(0, false);

    /** {@code examples} of shape {@code [channels, height, width]}, changed in training and as they are elsewhere. */
    public Examples over(Examples examples, DataShape shape) {
        return equals(NONE)
                ? examples
                : new AugmentedExamples(
                        examples, this, shape.input().get(1), shape.input().get(2));
    }
}
