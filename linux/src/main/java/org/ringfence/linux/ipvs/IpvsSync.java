package org.ringfence.linux.ipvs;

/**
 * A daemon of the kernel that tells other directors of connections, or hears of theirs.
 *
 * @param backup        whether it hears
 * @param networkDevice over which
 * @param id            from 0 to 255; only those of one number hear each other
 */
public record IpvsSync(boolean backup, String networkDevice, int id) {}
