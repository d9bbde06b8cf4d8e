package org.ringfence.linux.watchdog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The watchdogs that the kernel knows, from {@code /sys/class/watchdog}; reading that arms nothing. */
public final class Watchdogs {
    /** The oldest interface has one device of its own, which is the first watchdog's. */
    private static final String FIRST_BY_ITS_OLD_NAME = "watchdog";

    private static final String SOFTDOG_IDENTITY = "Software Watchdog";

    private final Path sysfs;
    private final Path devices;

    /**
     * @param sysfs {@code /sys}
     * @param devices {@code /dev}
     */
    Watchdogs(Path sysfs, Path devices) {
        this.sysfs = sysfs;
        this.devices = devices;
    }

    public static Watchdogs ofThisHost() {
        return new Watchdogs(Path.of("/sys"), Path.of("/dev"));
    }

    /** All, by number; none where the kernel has no watchdog or is too old to list them (before Linux 4.5). */
    public List<WatchdogEntry> list() throws IOException {
        Path all = sysfs.resolve("class/watchdog");
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(all)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith("watchdog"))
                    .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                    .map(this::read)
                    .toList();
        }
    }

    /** The one behind a device file, also by its old name {@code /dev/watchdog}, by a link or by another file for the same device. */
    public Optional<WatchdogEntry> entry(String path) throws IOException {
        Optional<String> name = name(path);
        return list().stream()
                .filter(entry -> name.equals(Optional.of(entry.name())))
                .findFirst();
    }

    /** What became of it after its closing. */
    Disarming disarming(WatchdogEntry before) {
        Optional<Boolean> armed = read(before.name()).armed();
        if (armed.isPresent()) {
            return armed.get() ? Disarming.STILL_ARMED : Disarming.DISARMED;
        }
        return before.nowayout().orElse(false) ? Disarming.STILL_ARMED : Disarming.UNKNOWN;
    }

    /** {@code watchdog0} for whatever leads to that device. */
    Optional<String> name(String path) {
        Path file = Path.of(path);
        try {
            if (Files.exists(file)) {
                file = file.toRealPath();
            }
        } catch (IOException e) {
            // It went away between two looks: the name alone still tells.
            return nameOf(Path.of(path));
        }
        return byNumber(file).or(() -> nameOf(Path.of(path)));
    }

    private Optional<String> byNumber(Path file) {
        try {
            int device = ((Number) Files.getAttribute(file, "unix:rdev")).intValue();
            // makedev(3): the major in bits 8 to 19, the minor in 0 to 7 and 20 to 31.
            int major = (device >> 8) & 0xfff;
            int minor = (device & 0xff) | ((device >> 12) & 0xfff00);
            Path entry = sysfs.resolve("dev/char/" + major + ":" + minor);
            return Files.exists(entry) ? nameOf(entry.toRealPath()) : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            // No such device, or a file system that has no device numbers: the caller goes by the name.
            return Optional.empty();
        }
    }

    private static Optional<String> nameOf(Path path) {
        String last = String.valueOf(path.getFileName());
        if (last.equals(FIRST_BY_ITS_OLD_NAME)) {
            return Optional.of("watchdog0");
        }
        return last.startsWith("watchdog") ? Optional.of(last) : Optional.empty();
    }

    private WatchdogEntry read(String name) {
        Path entry = sysfs.resolve("class/watchdog").resolve(name);
        Optional<String> identity = text(entry, "identity");
        return new WatchdogEntry(
                name,
                devices.resolve(name).toString(),
                identity,
                driver(entry, identity),
                text(entry, "state").map(state -> !state.equals("inactive")),
                text(entry, "nowayout").map(value -> !value.equals("0")),
                number(entry, "timeout"),
                number(entry, "min_timeout"),
                number(entry, "max_timeout"),
                number(entry, "bootstatus"));
    }

    /**
     * The kernel's name of the driver. Some do not say which device is below them (i6300esb of Linux 6.1): then it is
     * the driver of any bus that has the watchdog's name. softdog has no device below it and is known by its identity.
     */
    private Optional<String> driver(Path entry, Optional<String> identity) {
        return module(entry.resolve("device/driver"))
                .or(() -> identity.flatMap(this::driverNamed))
                .or(() -> identity.filter(SOFTDOG_IDENTITY::equals).map(name -> "softdog"));
    }

    private Optional<String> driverNamed(String name) {
        if (name.isEmpty() || name.contains("/") || name.startsWith(".")) {
            return Optional.empty();
        }
        try (Stream<Path> buses = Files.list(sysfs.resolve("bus"))) {
            return buses.map(bus -> bus.resolve("drivers").resolve(name))
                    .filter(Files::isDirectory)
                    .sorted()
                    .flatMap(driver -> module(driver).stream())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The module that a driver is in, or the driver's own name when it is built into the kernel; empty when there is none. */
    private static Optional<String> module(Path driver) {
        for (Path link : List.of(driver.resolve("module"), driver)) {
            if (Files.exists(link)) {
                try {
                    return Optional.of(String.valueOf(link.toRealPath().getFileName()));
                } catch (IOException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static OptionalInt number(Path entry, String file) {
        Optional<String> text = text(entry, file);
        try {
            return text.isPresent() ? OptionalInt.of(Integer.decode(text.get())) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            // max_timeout is unsigned; one beyond what an int holds is none that anyone asks for.
            return OptionalInt.empty();
        }
    }

    private static Optional<String> text(Path entry, String file) {
        try {
            return Optional.of(Files.readString(entry.resolve(file)).strip());
        } catch (IOException e) {
            // Each of them is optional: files that the driver cannot answer are absent or fail to be read.
            return Optional.empty();
        }
    }
}
