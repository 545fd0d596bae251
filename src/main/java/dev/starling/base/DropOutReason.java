package dev.starling.base;

/** Why a device that had taken work never reported. */
public enum DropOutReason {
    /** It crashed, was switched off, or lost its connection: the reliability of its class. */
    FAILED,
    /** It went out of reach: its trace says nothing about that time. */
    OFFLINE,
    /** It was taken off its charger. */
    UNPLUGGED,
    /** It left the unmetered network. */
    METERED,
    /** Somebody began to use it. */
    IN_USE,
    /** Its battery fell below what is asked for. */
    BATTERY,
    /** Its owner opted out. */
    OPTED_OUT
}
