/** The daemon's side of the board that it shares with this node's guard. */
@NullMarked
package org.ringfence.daemon.guard;

import org.jspecify.annotations.NullMarked;
