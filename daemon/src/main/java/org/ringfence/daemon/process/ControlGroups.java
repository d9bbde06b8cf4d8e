package org.ringfence.daemon.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * This daemon's part of the control group tree: below a folder of its own, one folder for each subject (a resource), and in
 * it one group for each run. Groups outlive the daemon when processes do, and are found again by their subject's name.
 */
public final class ControlGroups {
    private final Path base;

    private ControlGroups(Path base) {
        this.base = base;
    }

    /**
     * Groups below the group that this daemon is in: where a service manager that delegates it expects them.
     *
     * @param name unlike that of any other daemon in the same group
     * @return empty where there is no cgroup v2 tree, or this process may not make groups in it
     */
    public static Optional<ControlGroups> below(String name) {
        try {
            for (String mount : Files.readAllLines(Path.of("/proc/self/mounts"))) {
                String[] fields = mount.split(" ");
                if (fields.length > 2 && fields[2].equals("cgroup2")) {
                    return in(Path.of(fields[1] + ownGroup()).resolve(folderName(name)));
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static String ownGroup() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
            if (line.startsWith("0::")) {
                return line.substring("0::".length());
            }
        }
        return "/";
    }

    /** Groups in a folder of a cgroup v2 tree, which is made if need be; empty when that is not possible. */
    public static Optional<ControlGroups> in(Path base) {
        try {
            Files.createDirectories(base);
        } catch (IOException e) {
            return Optional.empty();
        }
        boolean usable = Files.isWritable(base.resolve("cgroup.procs"));
        return usable ? Optional.of(new ControlGroups(base)) : Optional.empty();
    }

    /** Makes the group of one run. @throws IOException when the kernel refuses, such as at a limit of groups */
    public ControlGroup create(String subject, String run) throws IOException {
        Path folder = base.resolve(folderName(subject)).resolve(folderName(run));
        try {
            Files.createDirectories(folder);
        } catch (java.nio.file.NoSuchFileException e) {
            // Its parent was removed as empty between being found and being used.
            Files.createDirectories(folder);
        }
        return new ControlGroup(folder);
    }

    /** The groups that a subject's runs left because processes were in them. */
    public List<ControlGroup> of(String subject) {
        return ControlGroup.foldersIn(base.resolve(folderName(subject))).stream()
                .map(ControlGroup::new)
                .toList();
    }

    /** Removes what is empty of a subject. */
    public void forget(String subject) {
        new ControlGroup(base.resolve(folderName(subject))).remove();
    }

    /** Removes what is empty of all subjects. */
    public void removeEmpty() {
        new ControlGroup(base).remove();
    }

    /** A name that is a single folder's in any case, and differs whenever {@code name} does. */
    private static String folderName(String name) {
        var safe = new StringBuilder("ringfence.");
        for (int index = 0; index < name.length(); index++) {
            char c = name.charAt(index);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || "-_.:".indexOf(c) >= 0) {
                safe.append(c);
            } else {
                safe.append('%').append(Integer.toHexString(c)).append('%');
            }
        }
        return safe.substring(0, Math.min(safe.length(), 240));
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
