package org.ringfence.network.connections;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * The connections that other nodes have told of, by address. Who held an address last counts, and no more connections of one
 * node than a node may tell of. Safe for use by many threads.
 */
public final class KnownConnections {
    private static final int ADDRESSES_MAX = 4_096;

    private final int mostOfNode;
    private final Map<InetAddress, Held> addresses = new HashMap<>();

    private record Held(String holder, ConnectionList list) {}

    public KnownConnections(int mostOfNode) {
        this.mostOfNode = mostOfNode;
    }

    /** What goes beyond the bounds is not kept. */
    public synchronized void heard(String holder, ConnectionReport report) {
        InetAddress address = report.address();
        Held before = addresses.get(address);
        boolean follows = before != null && before.holder().equals(holder);
        boolean hasRoom = before != null || addresses.size() < ADDRESSES_MAX;
        if (!hasRoom || (!follows && !report.fresh())) {
            return;
        }
        ConnectionList list = before == null || report.fresh()
                ? ConnectionList.empty(report.added().addressBytes())
                : before.list().minus(report.ended());
        int room = Math.max(0, mostOfNode - ofOtherAddresses(holder, address) - list.size());
        addresses.put(address, new Held(holder, list.plus(report.added().first(room))));
    }

    /** Those of an address, as its last holder told; none when nothing is known. */
    public synchronized ConnectionList of(InetAddress address) {
        Held held = addresses.get(address);
        return held == null ? ConnectionList.empty(address.getAddress().length) : held.list();
    }

    /** For when this node holds the address: its own connections are no news to it. */
    public synchronized void forget(InetAddress address) {
        addresses.remove(address);
    }

    public synchronized int count() {
        return addresses.values().stream().mapToInt(held -> held.list().size()).sum();
    }

    private int ofOtherAddresses(String holder, InetAddress address) {
        return addresses.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(address))
                .filter(entry -> entry.getValue().holder().equals(holder))
                .mapToInt(entry -> entry.getValue().list().size())
                .sum();
    }
}
