package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Users and groups as the host knows them, by whatever nsswitch.conf(5) names. Every call asks anew, so that a change counts
 * at once; a call may wait for a directory service.
 */
public final class UserDatabase {
    private static final StructLayout PASSWD = MemoryLayout.structLayout(
            ADDRESS.withName("pw_name"),
            ADDRESS.withName("pw_passwd"),
            JAVA_INT.withName("pw_uid"),
            JAVA_INT.withName("pw_gid"),
            ADDRESS.withName("pw_gecos"),
            ADDRESS.withName("pw_dir"),
            ADDRESS.withName("pw_shell"));
    private static final StructLayout GROUP = MemoryLayout.structLayout(
            ADDRESS.withName("gr_name"),
            ADDRESS.withName("gr_passwd"),
            JAVA_INT.withName("gr_gid"),
            MemoryLayout.paddingLayout(4),
            ADDRESS.withName("gr_mem"));

    private static final LibcFunction GETPWUID_R =
            LibcFunction.returningInt("getpwuid_r", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final LibcFunction GETGRNAM_R =
            LibcFunction.returningInt("getgrnam_r", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final LibcFunction GETGROUPLIST =
            LibcFunction.returningInt("getgrouplist", ADDRESS, JAVA_INT, ADDRESS, ADDRESS);

    private static final long NAME_BYTES_MAX = 4096;
    private static final int ENTRY_BYTES = 4096;
    /** A group's entry lists its members, of which there may be many thousand. */
    private static final int ENTRY_BYTES_MAX = 16 << 20;

    private UserDatabase() {}

    private record User(String name, int gid) {}

    /** @return empty when no user has that number */
    public static Optional<String> userName(int uid) throws ErrnoException {
        return user(uid).map(User::name);
    }

    /** @return empty when there is no such group */
    public static OptionalInt groupId(String name) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment named = arena.allocateFrom(name);
            Optional<MemorySegment> found = entry(arena, GROUP, GETGRNAM_R, named);
            return found.isEmpty()
                    ? OptionalInt.empty()
                    : OptionalInt.of(found.get().get(JAVA_INT, 16));
        }
    }

    /** Whether the user belongs to the group, as first group or as a further one. */
    public static boolean isMember(int uid, int gid) throws ErrnoException {
        Optional<User> user = user(uid);
        if (user.isEmpty()) {
            return false;
        }
        for (int room = 64; ; room *= 4) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment name = arena.allocateFrom(user.get().name);
                MemorySegment groups = arena.allocate(JAVA_INT, room);
                MemorySegment count = arena.allocateFrom(JAVA_INT, room);
                if (GETGROUPLIST.callPlain(name, user.get().gid, groups, count) >= 0) {
                    return groups.asSlice(0, 4L * count.get(JAVA_INT, 0))
                            .elements(JAVA_INT)
                            .anyMatch(each -> each.get(JAVA_INT, 0) == gid);
                }
            }
        }
    }

    private static Optional<User> user(int uid) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            return entry(arena, PASSWD, GETPWUID_R, uid)
                    .map(found -> new User(
                            found.get(ADDRESS, 0).reinterpret(NAME_BYTES_MAX).getString(0), found.get(JAVA_INT, 20)));
        }
    }

    /** getpwnam(3): the entry is put together in a buffer, which is too small when ERANGE is given back. */
    private static Optional<MemorySegment> entry(Arena arena, StructLayout layout, LibcFunction function, Object key)
            throws ErrnoException {
        for (int size = ENTRY_BYTES; ; size *= 4) {
            MemorySegment entry = arena.allocate(layout);
            MemorySegment result = arena.allocate(ADDRESS);
            int errno = (int) function.callPlain(key, entry, arena.allocate(size), (long) size, result);
            if (errno == 0) {
                return result.get(ADDRESS, 0).address() == 0 ? Optional.empty() : Optional.of(entry);
            }
            // Some sources answer "no such entry" with an error of their own: getpwnam(3), ERRORS.
            if (errno == Errno.ENOENT || errno == Errno.ESRCH || errno == Errno.EPERM) {
                return Optional.empty();
            }
            if (errno != Errno.EINTR && (errno != Errno.ERANGE || size >= ENTRY_BYTES_MAX)) {
                throw new ErrnoException("user database", errno);
            }
        }
    }
}
