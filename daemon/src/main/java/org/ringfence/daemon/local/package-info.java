/**
 * The server of the node's local API: a Unix socket, whose callers the kernel names. Root, the daemon's own user and the members
 * of one group get in; nobody else does. What is asked is handed to a {@link RequestHandler} with who asks.
 */
@NullMarked
package org.ringfence.daemon.local;

import org.jspecify.annotations.NullMarked;
