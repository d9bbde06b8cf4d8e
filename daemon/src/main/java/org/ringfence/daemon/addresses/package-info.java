/** What a node does about the addresses among its resources, beyond running their agents. */
@NullMarked
package org.ringfence.daemon.addresses;

import org.jspecify.annotations.NullMarked;
