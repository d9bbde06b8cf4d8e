/** Addresses that move from host to host, and telling those who talk to them. */
@NullMarked
package org.ringfence.network.address;

import org.jspecify.annotations.NullMarked;
