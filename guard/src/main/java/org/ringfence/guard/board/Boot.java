package org.ringfence.guard.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells one boot of a host from another. */
public final class Boot {
    private Boot() {}

    /**
     * The kernel's number of its boot together with when the first process began, so that a container that was started anew
     * counts as booted too.
     */
    public static String identity() throws IOException {
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        String first = Files.readString(Path.of("/proc/1/stat"));
        // The command's name may hold blanks and parentheses; 20 fields after it stands the start, proc(5).
        String[] fields = first.substring(first.lastIndexOf(')') + 2).split(" ");
        return boot + "/" + fields[19];
    }
}
