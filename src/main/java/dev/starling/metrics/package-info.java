/**
 * What a run measured: round records, device figures, result files and JMX beans. It reports and
 * decides nothing.
 */
@NullMarked
package dev.starling.metrics;

import org.jspecify.annotations.NullMarked;
