package org.ringfence.linux.ipvs;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A virtual service of the kernel's table.
 *
 * @param scheduler         its name, as ipvsadm(8) has it
 * @param flags             {@link #PERSISTENT}, {@link #ONE_PACKET} and the scheduler's own
 * @param persistentSeconds 0 where it is not persistent
 * @param prefixLength      of persistence: 1 to 32, or 128 for IPv6
 */
public record IpvsService(Id id, String scheduler, int flags, int persistentSeconds, int prefixLength) {
    public static final int PERSISTENT = 1;
    public static final int ONE_PACKET = 4;
    /** Of {@code sh} and {@code mh}: another server where the chosen one takes none. */
    public static final int SCHEDULER_1 = 8;
    /** Of {@code sh} and {@code mh}: the port counts too. */
    public static final int SCHEDULER_2 = 16;

    public static final int SCHEDULER_3 = 32;

    /** What may be set; the kernel has more for itself. */
    static final int SETTABLE = PERSISTENT | ONE_PACKET | SCHEDULER_1 | SCHEDULER_2 | SCHEDULER_3;

    /**
     * Which one it is: protocol, address and port, or a mark.
     *
     * @param protocol 6 for TCP, 17 for UDP, 132 for SCTP; 0 for a mark
     * @param address  empty for a mark
     * @param mark     0 for an address
     */
    public record Id(boolean ipv6, int protocol, Optional<InetAddress> address, int port, int mark) {
        public static Id of(int protocol, InetAddress address, int port) {
            return new Id(address.getAddress().length == 16, protocol, Optional.of(address), port, 0);
        }

        public static Id ofMark(int mark, boolean ipv6) {
            return new Id(ipv6, 0, Optional.empty(), 0, mark);
        }
    }
}
