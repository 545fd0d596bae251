/**
 * A scenario file becomes validated records, or all of its problems with their lines. Rooms that use
 * a setting own its record; none of them imports this room.
 */
@NullMarked
package dev.starling.scenario;

import org.jspecify.annotations.NullMarked;
