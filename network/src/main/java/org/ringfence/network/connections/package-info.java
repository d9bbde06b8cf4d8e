/**
 * Established TCP connections of addresses that move. Nodes tell each other which there are ({@link ConnectionWatch}, {@link
 * ConnectionReport}, {@link KnownConnections}); the node to which an address comes wakes the clients ({@link Tickler}), so that they
 * find out at once that their connection is gone.
 */
@NullMarked
package org.ringfence.network.connections;

import org.jspecify.annotations.NullMarked;
