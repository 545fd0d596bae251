package dev.starling.data;

import java.util.List;

/**
 * What is worth telling about data beside the data itself.
 *
 * @param classNames what class 0, 1, … is called; empty if classes are numbers only, or if there are none
 * @param remarks what was done to the data as it was read, for example rows that were left out
 */
public record DataNotes(List<String> classNames, List<String> remarks) {

    public static final DataNotes NONE = new DataNotes(List.of(), List.of());

    public DataNotes {
        classNames = List.copyOf(classNames);
        remarks = List.copyOf(remarks);
    }
}
