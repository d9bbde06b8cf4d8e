/** A configuration, and how a running balancer stands, as text for people and as JSON. */
@NullMarked
package org.ringfence.network.balance.show;

import org.jspecify.annotations.NullMarked;
