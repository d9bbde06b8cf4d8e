/** A running node: the loop that drives the controller, and the adapters of its ports. */
@NullMarked
package org.ringfence.daemon.node;

import org.jspecify.annotations.NullMarked;
