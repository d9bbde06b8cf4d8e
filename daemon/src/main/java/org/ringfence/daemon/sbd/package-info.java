/** Fencing through shared disks: the fence device that the daemon itself is. */
@NullMarked
package org.ringfence.daemon.sbd;

import org.jspecify.annotations.NullMarked;
