package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

/** reboot(2): ends this host at once, with nothing written back and nothing stopped. Inside a PID namespace it ends that alone. */
public final class Reboot {
    private static final int RESTART = 0x01234567;
    private static final int POWER_OFF = 0x4321FEDC;

    private static final LibcFunction REBOOT = LibcFunction.returningInt("reboot", JAVA_INT);

    private static final LibcFunction SYNC = LibcFunction.returningInt("sync");

    private Reboot() {}

    /** sync(2): waits until what is in memory is on the disks, for as long as that takes. */
    public static void writeBack() {
        SYNC.callPlain();
    }

    /** @throws ErrnoException EPERM when this process may not */
    public static void restart() throws ErrnoException {
        REBOOT.call(RESTART);
    }

    /** @throws ErrnoException EPERM when this process may not */
    public static void powerOff() throws ErrnoException {
        REBOOT.call(POWER_OFF);
    }
}
