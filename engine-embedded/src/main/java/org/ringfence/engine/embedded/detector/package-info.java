/**
 * When a silent peer is slow, hung, ended or gone: the rules alone, without clock and sockets.
 *
 * <p>One {@link org.ringfence.engine.embedded.detector.Watch} stands for one peer that was reachable. Whoever drives it
 * tells it what was seen and when, asks for its judgement, and carries out what it says until it says nothing.
 *
 * <p>Two signs are told apart. The daemon's: a heartbeat or a message. Its host's: a TCP handshake on the daemon's port,
 * which the kernel completes even when the process is stopped, collects garbage or gets no processor. So a peer that
 * is slow is not taken for one that is dead, and a process that has ended (its port is closed) is known at once.
 */
@NullMarked
package org.ringfence.engine.embedded.detector;

import org.jspecify.annotations.NullMarked;
