package org.ringfence.linux.ipvs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ringfence.linux.Attributes;
import org.ringfence.linux.GenericNetlink;

/**
 * The kernel's table of virtual services, of this network namespace. Needs CAP_NET_ADMIN. For one thread at a time.
 *
 * <p>Every change is refused with EEXIST for what is there already, ENOENT (or ESRCH for a service) for what is not.
 */
public final class Ipvs implements AutoCloseable {
    private static final String FAMILY = "IPVS";
    private static final int VERSION = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    private static final int NEW_SERVICE = 1;
    private static final int SET_SERVICE = 2;
    private static final int DELETE_SERVICE = 3;
    private static final int GET_SERVICE = 4;
    private static final int NEW_DESTINATION = 5;
    private static final int SET_DESTINATION = 6;
    private static final int DELETE_DESTINATION = 7;
    private static final int GET_DESTINATION = 8;
    private static final int NEW_DAEMON = 9;
    private static final int DELETE_DAEMON = 10;
    private static final int GET_DAEMON = 11;

    private static final int COMMAND_SERVICE = 1;
    private static final int COMMAND_DESTINATION = 2;
    private static final int COMMAND_DAEMON = 3;

    private static final int SERVICE_FAMILY = 1;
    private static final int SERVICE_PROTOCOL = 2;
    private static final int SERVICE_ADDRESS = 3;
    private static final int SERVICE_PORT = 4;
    private static final int SERVICE_MARK = 5;
    private static final int SERVICE_SCHEDULER = 6;
    private static final int SERVICE_FLAGS = 7;
    private static final int SERVICE_TIMEOUT = 8;
    private static final int SERVICE_NETMASK = 9;

    private static final int DESTINATION_ADDRESS = 1;
    private static final int DESTINATION_PORT = 2;
    private static final int DESTINATION_METHOD = 3;
    private static final int DESTINATION_WEIGHT = 4;
    private static final int DESTINATION_UPPER = 5;
    private static final int DESTINATION_LOWER = 6;
    private static final int DESTINATION_ACTIVE = 7;
    private static final int DESTINATION_INACTIVE = 8;
    private static final int DESTINATION_STATISTICS = 10;
    private static final int DESTINATION_FAMILY = 11;
    private static final int METHOD_MASK = 7;

    private static final int STATISTICS_CONNECTIONS = 1;
    private static final int STATISTICS_BYTES_IN = 4;
    private static final int STATISTICS_BYTES_OUT = 5;

    private static final int DAEMON_STATE = 1;
    private static final int DAEMON_DEVICE = 2;
    private static final int DAEMON_ID = 3;
    private static final int DAEMON_GROUP = 5;
    private static final int DAEMON_GROUP_IPV6 = 6;
    private static final int DAEMON_PORT = 7;
    private static final int DAEMON_TTL = 8;
    private static final int STATE_MASTER = 1;
    private static final int STATE_BACKUP = 2;

    private final GenericNetlink netlink;

    private Ipvs(GenericNetlink netlink) {
        this.netlink = netlink;
    }

    /** @throws org.ringfence.linux.ErrnoException ENOENT when this kernel has no IPVS, or has not loaded it ({@code ip_vs}) */
    public static Ipvs open() throws IOException {
        return new Ipvs(GenericNetlink.open(FAMILY, VERSION));
    }

    public List<IpvsService> services() throws IOException {
        List<IpvsService> services = new ArrayList<>();
        for (byte[] answer : netlink.dump(GET_SERVICE, new byte[0])) {
            services.add(service(Attributes.parse(answer).nested(COMMAND_SERVICE)));
        }
        return services;
    }

    /** @throws org.ringfence.linux.ErrnoException ENOENT when its scheduler is not known */
    public void add(IpvsService service) throws IOException {
        netlink.command(NEW_SERVICE, command(COMMAND_SERVICE, attributes(service)));
    }

    public void change(IpvsService service) throws IOException {
        netlink.command(SET_SERVICE, command(COMMAND_SERVICE, attributes(service)));
    }

    /** With its destinations. Its connections get no more packets through. */
    public void remove(IpvsService.Id service) throws IOException {
        netlink.command(DELETE_SERVICE, command(COMMAND_SERVICE, attributes(service)));
    }

    public List<IpvsDestination> destinations(IpvsService.Id service) throws IOException {
        List<IpvsDestination> destinations = new ArrayList<>();
        for (byte[] answer : netlink.dump(GET_DESTINATION, command(COMMAND_SERVICE, attributes(service)))) {
            destinations.add(destination(Attributes.parse(answer).nested(COMMAND_DESTINATION), service.ipv6()));
        }
        return destinations;
    }

    public void add(IpvsService.Id service, IpvsDestination destination) throws IOException {
        netlink.command(NEW_DESTINATION, command(service, destination));
    }

    public void change(IpvsService.Id service, IpvsDestination destination) throws IOException {
        netlink.command(SET_DESTINATION, command(service, destination));
    }

    public void remove(IpvsService.Id service, IpvsDestination destination) throws IOException {
        netlink.command(DELETE_DESTINATION, command(service, destination));
    }

    /** The synchronisation daemons that run: none, one, or one of each kind. */
    public List<IpvsSync> syncs() throws IOException {
        List<IpvsSync> syncs = new ArrayList<>();
        for (byte[] answer : netlink.dump(GET_DAEMON, new byte[0])) {
            syncs.add(sync(Attributes.parse(answer).nested(COMMAND_DAEMON)));
        }
        return syncs;
    }

    /**
     * @throws org.ringfence.linux.ErrnoException EEXIST when one of its kind runs, ENODEV when there is no such interface, EINVAL when a service
     *                                            has servers of the other address family, which the kernel cannot synchronise
     */
    public void start(IpvsSync sync) throws IOException {
        netlink.command(NEW_DAEMON, command(COMMAND_DAEMON, attributes(sync)));
    }

    /** @throws org.ringfence.linux.ErrnoException ESRCH when none of its kind runs */
    public void stop(IpvsSync sync) throws IOException {
        netlink.command(DELETE_DAEMON, command(COMMAND_DAEMON, attributes(sync)));
    }

    private static byte[] command(int type, Attributes attributes) {
        return Attributes.none().withNested(type, attributes).bytes();
    }

    private static byte[] command(IpvsService.Id service, IpvsDestination destination) {
        Attributes attributes = Attributes.none()
                .withShort(DESTINATION_FAMILY, family(destination.address().getAddress().length == 16))
                .with(DESTINATION_ADDRESS, Arrays.copyOf(destination.address().getAddress(), 16))
                .withPort(DESTINATION_PORT, destination.port())
                .withInt(DESTINATION_METHOD, destination.method())
                .withInt(DESTINATION_WEIGHT, destination.weight())
                .withInt(DESTINATION_UPPER, destination.upperThreshold())
                .withInt(DESTINATION_LOWER, destination.lowerThreshold());
        return Attributes.none()
                .withNested(COMMAND_SERVICE, attributes(service))
                .withNested(COMMAND_DESTINATION, attributes)
                .bytes();
    }

    private static int family(boolean ipv6) {
        return ipv6 ? AF_INET6 : AF_INET;
    }

    private static Attributes attributes(IpvsService.Id id) {
        Attributes family = Attributes.none().withShort(SERVICE_FAMILY, family(id.ipv6()));
        if (id.address().isEmpty()) {
            return family.withInt(SERVICE_MARK, id.mark());
        }
        return family.withShort(SERVICE_PROTOCOL, id.protocol())
                .with(SERVICE_ADDRESS, Arrays.copyOf(id.address().get().getAddress(), 16))
                .withPort(SERVICE_PORT, id.port());
    }

    private static Attributes attributes(IpvsService service) {
        byte[] flags = ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putInt(service.flags())
                .putInt(IpvsService.SETTABLE)
                .array();
        Attributes attributes = attributes(service.id())
                .withText(SERVICE_SCHEDULER, service.scheduler())
                .with(SERVICE_FLAGS, flags)
                .withInt(SERVICE_TIMEOUT, service.persistentSeconds());
        return service.id().ipv6()
                ? attributes.withInt(SERVICE_NETMASK, service.prefixLength())
                : attributes.with(SERVICE_NETMASK, mask(service.prefixLength()));
    }

    static Attributes attributes(IpvsSync sync) {
        byte[] group = sync.group().getAddress();
        return Attributes.none()
                .withInt(DAEMON_STATE, sync.backup() ? STATE_BACKUP : STATE_MASTER)
                .withText(DAEMON_DEVICE, sync.networkDevice())
                .withInt(DAEMON_ID, sync.id())
                .with(group.length == 16 ? DAEMON_GROUP_IPV6 : DAEMON_GROUP, group)
                .withShort(DAEMON_PORT, sync.port())
                .with(DAEMON_TTL, new byte[] {(byte) sync.ttl()});
    }

    /** A kernel before 4.3 says nothing of group, port and time to live, and has no others than the defaults. */
    static IpvsSync sync(Attributes daemon) {
        boolean ipv6 = daemon.has(DAEMON_GROUP_IPV6);
        InetAddress group = ipv6 || daemon.has(DAEMON_GROUP)
                ? address(daemon.bytes(ipv6 ? DAEMON_GROUP_IPV6 : DAEMON_GROUP), ipv6)
                : IpvsSync.DEFAULT_GROUP;
        return new IpvsSync(
                daemon.number(DAEMON_STATE) == STATE_BACKUP,
                daemon.text(DAEMON_DEVICE),
                (int) daemon.number(DAEMON_ID),
                group,
                daemon.has(DAEMON_PORT) ? (int) daemon.number(DAEMON_PORT) : IpvsSync.DEFAULT_PORT,
                daemon.has(DAEMON_TTL) ? (int) daemon.number(DAEMON_TTL) : IpvsSync.DEFAULT_TTL);
    }

    /** In network order. */
    private static byte[] mask(int prefixLength) {
        return ByteBuffer.allocate(4)
                .putInt(prefixLength == 0 ? 0 : -1 << (32 - prefixLength))
                .array();
    }

    private static IpvsService service(Attributes service) {
        boolean ipv6 = service.number(SERVICE_FAMILY) == AF_INET6;
        boolean mark = service.has(SERVICE_MARK) && service.number(SERVICE_MARK) != 0;
        IpvsService.Id id = mark
                ? IpvsService.Id.ofMark((int) service.number(SERVICE_MARK), ipv6)
                : new IpvsService.Id(
                        ipv6,
                        (int) service.number(SERVICE_PROTOCOL),
                        Optional.of(address(service.bytes(SERVICE_ADDRESS), ipv6)),
                        service.port(SERVICE_PORT),
                        0);
        byte[] netmask = service.bytes(SERVICE_NETMASK);
        int prefix = ipv6
                ? (int) service.number(SERVICE_NETMASK)
                : netmask.length < 4
                        ? 32
                        : Integer.bitCount(ByteBuffer.wrap(netmask).getInt());
        byte[] flags = service.bytes(SERVICE_FLAGS);
        int set = flags.length < 4
                ? 0
                : ByteBuffer.wrap(flags).order(ByteOrder.nativeOrder()).getInt();
        return new IpvsService(
                id,
                service.text(SERVICE_SCHEDULER),
                set & IpvsService.SETTABLE,
                (set & IpvsService.PERSISTENT) == 0 ? 0 : (int) service.number(SERVICE_TIMEOUT),
                prefix);
    }

    private static IpvsDestination destination(Attributes destination, boolean serviceIpv6) {
        boolean ipv6 =
                destination.has(DESTINATION_FAMILY) ? destination.number(DESTINATION_FAMILY) == AF_INET6 : serviceIpv6;
        Attributes statistics = destination.nested(DESTINATION_STATISTICS);
        return new IpvsDestination(
                address(destination.bytes(DESTINATION_ADDRESS), ipv6),
                destination.port(DESTINATION_PORT),
                (int) destination.number(DESTINATION_METHOD) & METHOD_MASK,
                (int) destination.number(DESTINATION_WEIGHT),
                (int) destination.number(DESTINATION_UPPER),
                (int) destination.number(DESTINATION_LOWER),
                new IpvsDestination.Counts(
                        destination.number(DESTINATION_ACTIVE),
                        destination.number(DESTINATION_INACTIVE),
                        statistics.number(STATISTICS_CONNECTIONS),
                        statistics.number(STATISTICS_BYTES_IN),
                        statistics.number(STATISTICS_BYTES_OUT)));
    }

    private static InetAddress address(byte[] bytes, boolean ipv6) {
        try {
            return InetAddress.getByAddress(Arrays.copyOf(bytes, ipv6 ? 16 : 4));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 bytes are an address", impossible);
        }
    }

    @Override
    public void close() {
        netlink.close();
    }
}
