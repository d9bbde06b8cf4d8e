package org.ringfence.linux.watchdog;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Another process has the watchdog open; the kernel gives it to one at a time. */
public final class WatchdogBusyException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient List<WatchdogHolder> holders;

    WatchdogBusyException(String path, List<WatchdogHolder> holders) {
        super(path + " is held by "
                + (holders.isEmpty()
                        ? "another process, which this one may not see"
                        : holders.stream().map(WatchdogHolder::toString).collect(Collectors.joining(", "))));
        this.holders = List.copyOf(holders);
    }

    /** Those that could be seen: of other users only by root, of other containers not at all. */
    public List<WatchdogHolder> holders() {
        return holders;
    }
}
