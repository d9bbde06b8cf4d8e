package org.ringfence.linux.ipvs;

import java.net.InetAddress;

/**
 * A real server of a service in the kernel's table.
 *
 * @param method {@link #MASQUERADED}, {@link #LOCAL}, {@link #TUNNELLED} or {@link #ROUTED}
 * @param weight 0 for no new connections
 */
public record IpvsDestination(
        InetAddress address, int port, int method, int weight, int upperThreshold, int lowerThreshold, Counts counts) {
    public static final int MASQUERADED = 0;
    /** What the kernel makes of a destination that is this host. */
    public static final int LOCAL = 1;

    public static final int TUNNELLED = 2;
    public static final int ROUTED = 3;

    /**
     * What it carries; what is asked for has none.
     *
     * @param connections since it is in the table
     */
    public record Counts(long active, long inactive, long connections, long bytesIn, long bytesOut) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);
    }
}
