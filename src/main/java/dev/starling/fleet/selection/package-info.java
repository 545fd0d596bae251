/**
 * Whom a round asks: strategies that choose among the devices that can be asked, what they remember of earlier rounds,
 * and the check-ins by which devices come. Costs follow the cohort, never the fleet.
 */
@NullMarked
package dev.starling.fleet.selection;

import org.jspecify.annotations.NullMarked;
