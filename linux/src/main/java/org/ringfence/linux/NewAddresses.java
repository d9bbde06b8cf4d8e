package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells which addresses come to this host (to this network namespace): rtnetlink(7). One of IPv6 has come when the kernel's
 * duplicate address detection is through with it, and not before: until then nobody can talk to it. Needs no privilege. For one
 * thread at a time.
 */
public final class NewAddresses implements AutoCloseable {
    private static final short AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int NETLINK_ROUTE = 0;
    /** RTMGRP_IPV4_IFADDR and RTMGRP_IPV6_IFADDR. */
    private static final int ADDRESS_CHANGES = 0x10 | 0x100;
    /** sizeof(struct sockaddr_nl), and where its nl_groups is. */
    private static final int NAME_BYTES = 12;

    private static final int GROUPS = 8;

    private static final short RTM_NEWADDR = 20;
    /** sizeof(struct nlmsghdr), of struct ifaddrmsg behind it, and of each attribute's head behind both. */
    private static final int HEADER_BYTES = 16;

    private static final int MESSAGE_BYTES = 8;
    private static final int ATTRIBUTE_HEAD_BYTES = 4;
    /** Where a message's type is in its header; and an attribute's in its head. */
    private static final int TYPE = 4;

    private static final int ATTRIBUTE_TYPE = 2;

    private static final short IFA_ADDRESS = 1;
    private static final short IFA_LOCAL = 2;
    private static final short IFA_FLAGS = 8;
    /** Not to be used yet; unless with the next, which says that it is used all the same; and never to be. */
    private static final int TENTATIVE = 0x40;

    private static final int OPTIMISTIC = 0x04;
    private static final int DUPLICATE = 0x08;

    private static final int BUFFER_BYTES = 64 << 10;

    private static final LibcFunction SOCKET = LibcFunction.returningInt("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final LibcFunction BIND = LibcFunction.returningInt("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final LibcFunction RECV = LibcFunction.returningLong("recv", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

    private final Descriptor descriptor;

    private NewAddresses(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Those that come from now on. */
    public static NewAddresses listen() throws IOException {
        var addresses = new NewAddresses(
                new Descriptor((int) SOCKET.call((int) AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE)));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(NAME_BYTES, Integer.BYTES);
            name.set(JAVA_SHORT, 0, AF_NETLINK);
            name.set(JAVA_INT, GROUPS, ADDRESS_CHANGES);
            addresses.descriptor.use(number -> BIND.call(number, name, NAME_BYTES));
            return addresses;
        } catch (IOException | RuntimeException refused) {
            addresses.close();
            throw refused;
        }
    }

    /**
     * The next that have come; none when there are none within the time. One that was here already may be among them, when
     * something about it has changed.
     *
     * @throws ErrnoException ENOBUFS when so many came since the last call that some are not known; later ones are told again
     */
    public List<InetAddress> await(Duration within) throws IOException {
        return descriptor.use(number -> {
            var poll = new PollSet();
            int position = poll.add(number);
            poll.await((int) within.toMillis());
            if (!poll.ready(position)) {
                return List.of();
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment buffer = arena.allocate(BUFFER_BYTES, Integer.BYTES);
                return addresses(buffer.asSlice(0, RECV.call(number, buffer, buffer.byteSize(), 0)));
            }
        });
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private static List<InetAddress> addresses(MemorySegment messages) throws IOException {
        List<InetAddress> found = new ArrayList<>();
        for (long at = 0; at + HEADER_BYTES <= messages.byteSize(); at = aligned(at + messages.get(JAVA_INT, at))) {
            if (messages.get(JAVA_SHORT, at + TYPE) == RTM_NEWADDR) {
                long head = HEADER_BYTES + MESSAGE_BYTES;
                address(messages.asSlice(at + head, messages.get(JAVA_INT, at) - head))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** Where an interface has another end, IFA_ADDRESS is the address of that, and IFA_LOCAL this host's. */
    private static Optional<InetAddress> address(MemorySegment attributes) throws IOException {
        byte[] address = {};
        byte[] local = {};
        int flags = 0;
        for (long at = 0; at + ATTRIBUTE_HEAD_BYTES <= attributes.byteSize(); ) {
            int length = Short.toUnsignedInt(attributes.get(JAVA_SHORT, at));
            MemorySegment value = attributes.asSlice(at + ATTRIBUTE_HEAD_BYTES, length - ATTRIBUTE_HEAD_BYTES);
            switch (attributes.get(JAVA_SHORT, at + ATTRIBUTE_TYPE)) {
                case IFA_ADDRESS -> address = value.toArray(JAVA_BYTE);
                case IFA_LOCAL -> local = value.toArray(JAVA_BYTE);
                case IFA_FLAGS -> flags = value.get(JAVA_INT, 0);
                default -> {}
            }
            at = aligned(at + length);
        }
        boolean canBeUsed = (flags & DUPLICATE) == 0 && ((flags & TENTATIVE) == 0 || (flags & OPTIMISTIC) != 0);
        return canBeUsed ? Optional.of(InetAddress.getByAddress(local.length > 0 ? local : address)) : Optional.empty();
    }

    private static long aligned(long offset) {
        return (offset + 3) & ~3L;
    }
}
