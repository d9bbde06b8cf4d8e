package org.ringfence.demo.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One host: off at first, then booted, cut off, healed and powered off at will. Its folder outlives all of that, its processes
 * nothing. Methods may be called from any thread; those that change the host wait for each other.
 */
public sealed interface Host permits NamespaceHost, LoopbackHost {

    String name();

    /** Where the other hosts reach it. */
    String address();

    /** The host's disk: the same path inside and outside. */
    Path folder();

    /** What a boot empties: for sockets, process numbers and the like. The same path inside and outside. */
    default Path volatileFolder() {
        return folder().resolve("run");
    }

    /** Shell commands that put the host's name into the environment, for processes that inherit none. */
    String mark();

    /** Its network, for a thread that wants to look out from there. */
    Network network();

    /** Boots it: nothing runs on it yet. Does nothing when it is on. */
    void powerOn() throws IOException;

    /**
     * Cuts its power: first no frame leaves it any more, then all of its processes are gone. Returns when that is so.
     *
     * @throws IOException when a process could not be ended: then the host may still be able to touch its data
     */
    void powerOff() throws IOException;

    boolean isOn();

    /**
     * Starts a process that lives until it ends or the host does, in a session of its own, in the host's folder.
     *
     * @param log takes its standard output and standard error
     */
    void start(List<String> command, Path log) throws IOException;

    /** Every process on it, by the numbers of this machine. */
    List<Long> processes();

    /** Takes the cable out of the switch: the host notices nothing but silence. */
    void cutLink() throws IOException;

    void healLink() throws IOException;

    /**
     * Delays every frame to the host.
     *
     * @return false when this kernel cannot (it lacks {@code sch_netem}); then nothing has changed
     */
    boolean slowLink(Duration delay) throws IOException;

    /**
     * Gives the host a disk of so many bytes, in memory, where {@link #folder} says {@code state}. Only while it is off; what
     * was there is hidden.
     */
    void limitState(long bytes) throws IOException;
}
