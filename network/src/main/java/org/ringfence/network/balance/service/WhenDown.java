package org.ringfence.network.balance.service;

import java.util.Optional;

/**
 * What becomes of servers that are down, and of a service when the balancer ends.
 *
 * @param quiescent       a server that is down stays in the table with weight 0, so that its connections live on
 * @param readd           such a server is put back with weight 0 when somebody removed it
 * @param cleanStop       the service is taken out of the kernel's table when the balancer ends
 * @param fallbackCommand run with {@code start} when the last server goes down, with {@code stop} when the first is back
 */
public record WhenDown(boolean quiescent, boolean readd, boolean cleanStop, Optional<String> fallbackCommand) {}
