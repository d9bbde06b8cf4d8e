/**
 * Who may see and change which part of the configuration: the roles in its section {@code acls}, for the caller that the socket
 * names. After "Access Control Lists" of Pacemaker Explained: nothing is allowed that no role allows; of the rights that an element and
 * those around it have, the innermost decides, and {@code deny} beats the others on the same element.
 *
 * <p>Reads no clock, file or user database: whose groups a caller has is asked of who calls this.
 */
@NullMarked
package org.ringfence.daemon.access;

import org.jspecify.annotations.NullMarked;
