package org.ringfence.daemon.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What {@code /proc} says of the processes of this host. A process that ends meanwhile is simply not there. */
public final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    /** Between two looks at a process that is becoming another program, and how many there are at most. */
    private static final Duration PAUSE = Duration.ofMillis(1);

    private static final int LOOKS_MAX = 50;

    /** So many looks that find a program without any environment, or one that ends in the middle, are believed. */
    private static final int LOOKS_BELIEVED = 4;

    /** More than an environment usually has: what one call reads is of one program. */
    private static final int READ_BYTES = 1 << 16;

    private ProcessTable() {}

    /**
     * The processes that were started with this entry in their environment: a whole {@code NAME=value}. One that is becoming
     * another program right now has none for a moment; it is waited for, {@value #LOOKS_MAX} ms at most.
     */
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
            throw new UncheckedIOException("the processes of this host cannot be listed", e);
        }
        return found;
    }

    /**
     * A file of {@code /proc} is bound to the program that the process had when it was opened, and ends wherever it was
     * read up to when that program is gone: hence more than one look.
     */
    private static byte[] environment(Path process) {
        int settled = 0;
        for (int look = 0; look < LOOKS_MAX && settled < LOOKS_BELIEVED; look++) {
            byte[] environment = read(process, "environ");
            if (isWhole(environment) || !hasProgram(process)) {
                return environment;
            }
            if (isBetweenPrograms(read(process, "auxv"))) {
                LockSupport.parkNanos(PAUSE.toNanos());
            } else {
                settled++;
            }
        }
        return read(process, "environ");
    }

    private static boolean isWhole(byte[] environment) {
        return environment.length > 0 && environment[environment.length - 1] == 0;
    }

    /** False for a kernel's thread and a zombie. */
    private static boolean hasProgram(Path process) {
        try {
            return !Files.readSymbolicLink(process.resolve("exe")).toString().isEmpty();
        } catch (IOException none) {
            return false;
        }
    }

    /** Whether the kernel has not written the new program's auxiliary vector yet, nor its environment; see proc(5). */
    static boolean isBetweenPrograms(byte[] auxiliary) {
        for (byte value : auxiliary) {
            if (value != 0) {
                return false;
            }
        }
        return auxiliary.length > 0;
    }

    private static byte[] read(Path process, String file) {
        try (InputStream in = Files.newInputStream(process.resolve(file))) {
            byte[] bytes = new byte[READ_BYTES];
            int length = Math.max(0, in.read(bytes));
            return length < READ_BYTES ? Arrays.copyOf(bytes, length) : concatenated(bytes, in.readAllBytes());
        } catch (IOException ended) {
            return new byte[0];
        }
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Whether one of the entries, each ended by a NUL, is the wanted one. */
    static boolean holds(byte[] entries, byte[] wanted) {
        int start = 0;
        for (int index = 0; index < entries.length; index++) {
            if (entries[index] == 0) {
                if (Arrays.equals(entries, start, index, wanted, 0, wanted.length)) {
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
