package org.ringfence.model.watchdog;

/** How much is between a hang and the reset. */
public enum WatchdogQuality {
    HARDWARE("hardware: a timer of its own; it resets the host whatever hangs on it"),
    VIRTUAL("virtual: the hypervisor's timer; it resets the guest whatever hangs in it, as long as the hypervisor"
            + " runs"),
    SOFTWARE("software: a timer of the kernel that it is to reset; it does nothing when the kernel itself hangs");

    private final String meaning;

    WatchdogQuality(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
