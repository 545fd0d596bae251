package badhouse.data;

import java.nio.FloatBuffer;

/** Rows of a data set, under a name that no rule knows. */
public record Table(FloatBuffer rows) {}
