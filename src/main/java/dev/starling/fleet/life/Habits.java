package dev.starling.fleet.life;

/**
 * How the owners of a fleet live with their phones. Hours are local and of the day, 0 to below 24; each device has its
 * own lasting shift of them and each day differs a little.
 *
 * @param chargeAtHour when phones are plugged in for the night
 * @param chargeForHours how long they stay there, at most 12
 * @param chargeShare of the nights on which they are
 * @param topUpShare of the afternoons on which they are charged for about an hour
 * @param sleepAtHour when people go to sleep: until they wake, the phone is idle
 * @param sleepForHours at most 12
 * @param idleShare of the waking time in which the phone is idle
 * @param leaveAtHour when people leave their home network on working days; at the weekend only some do
 * @param awayForHours how long they stay away, at most 12
 * @param homeWifiShare of the people who have an unmetered network at home
 * @param awayWifiShare of the people who have one where they go
 * @param drainPerHour battery that a phone off the charger loses, share of its capacity; median over devices
 */
public record Habits(
        double chargeAtHour,
        double chargeForHours,
        double chargeShare,
        double topUpShare,
        double sleepAtHour,
        double sleepForHours,
        double idleShare,
        double leaveAtHour,
        double awayForHours,
        double homeWifiShare,
        double awayWifiShare,
        double drainPerHour) {}
