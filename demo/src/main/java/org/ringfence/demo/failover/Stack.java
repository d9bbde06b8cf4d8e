package org.ringfence.demo.failover;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.ringfence.demo.host.Network;

/** A cluster stack under measurement, on hosts that this process can hurt. Every deed returns as soon as it is done. */
interface Stack extends AutoCloseable {

    String name();

    List<String> nodes();

    /** From where the client asks. */
    Network client();

    InetSocketAddress service();

    /** Waits until all nodes are members, all resources run and nothing is left to do. */
    Situation settled(Duration timeout) throws IOException;

    /**
     * Who does what in a settled cluster.
     *
     * @param holder the node that runs the service
     */
    record Situation(String dc, String holder) {}

    /** Moves the service, and does not wait. */
    void move(String to) throws IOException;

    /** Takes back what a move left behind in the configuration. */
    void forgetMove() throws IOException;

    void cutPower(String node) throws IOException;

    void cutLink(String node) throws IOException;

    /** Undoes either cut: the node has a link, boots if it is off, and joins. */
    void comeBack(String node) throws IOException;

    void killService(String node) throws IOException;

    void powerOffAll() throws IOException;

    void startAll() throws IOException;

    /** The stack's own processes on a node, by the numbers of this machine. */
    List<Long> daemons(String node) throws IOException;

    /** Every process on a node. */
    List<Long> processes(String node) throws IOException;

    @Override
    void close() throws IOException;
}
