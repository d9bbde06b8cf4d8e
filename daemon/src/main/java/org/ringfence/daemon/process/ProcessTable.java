package org.ringfence.daemon.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code /proc} says of the processes of this host. A process that ends meanwhile is simply not there. */
public final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    /** The processes that were started with this entry in their environment: a whole {@code NAME=value}. */
    static List<Integer> withEnvironment(String entry) {
        byte[] wanted = entry.getBytes(StandardCharsets.UTF_8);
        List<Integer> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (Path process : processes) {
                if (holds(environment(process), wanted)) {
                    found.add(Integer.parseInt(String.valueOf(process.getFileName())));
                }
            }
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    private static byte[] environment(Path process) {
        try {
            return Files.readAllBytes(process.resolve("environ"));
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** Whether one of the entries, each ended by a NUL, is the wanted one. */
    static boolean holds(byte[] entries, byte[] wanted) {
        int start = 0;
        for (int index = 0; index < entries.length; index++) {
            if (entries[index] == 0) {
                if (java.util.Arrays.equals(entries, start, index, wanted, 0, wanted.length)) {
                    return true;
                }
                start = index + 1;
            }
        }
        return false;
    }

    /** The parent's number; empty when the process has ended. */
    public static Optional<Integer> parent(int pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            // The name, in brackets, may hold anything: what follows its last bracket is state and parent.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 3);
            return fields[0].equals("Z") ? Optional.empty() : Optional.of(Integer.parseInt(fields[1]));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Its name and number, for people: {@code sleep (4711)}. */
    public static String describe(int pid) {
        try {
            return Files.readString(PROC.resolve(pid + "/comm")).strip() + " (" + pid + ")";
        } catch (IOException e) {
            return "process " + pid;
        }
    }
}
