/**
 * The engine for nodes that bring nothing of their own: connections by JGroups, heartbeats and failure detection by us.
 *
 * <p>{@link org.ringfence.engine.embedded.EmbeddedEngine} is the front. One thread, the {@code Pulse}, owns everything that is
 * decided: one {@code Peer} for each configured node, with its {@code Dialler} and, while it is reachable, a {@code Vigil}
 * that does what its {@link org.ringfence.engine.embedded.detector.Watch} says. Connections ({@code PeerConnection}, on a {@code ClusterServer})
 * read and write on virtual threads of their own; the {@code Switchboard} passes on what they bring. Messages go through the
 * {@code Outbox} of their {@code Association} on one side and the {@code Inbox} on the other, from where a thread of its own
 * tells the listener. {@code docs/adr/0004-embedded-engine.md} says why it is so.
 */
@NullMarked
package org.ringfence.engine.embedded;

import org.jspecify.annotations.NullMarked;
