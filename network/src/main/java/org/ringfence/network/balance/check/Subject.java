package org.ringfence.network.balance.check;

import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.VirtualService;

/** Who is checked: one server of one service. */
public record Subject(VirtualService service, RealServer server) {}
