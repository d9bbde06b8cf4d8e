package org.ringfence.network.balance.service;

import java.time.Duration;

/**
 * A client comes back to the real server that it had.
 *
 * @param timeout      for how long after its last connection
 * @param prefixLength how many leading bits of a client's address are one client: all of them unless a netmask says otherwise
 */
public record Persistence(Duration timeout, int prefixLength) {}
