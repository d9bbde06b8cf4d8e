/**
 * What happened: kept on this node's disk within bounds, put in the order of one clock, and gathered into incidents, each from its
 * cause to the end of its effects.
 */
@NullMarked
package org.ringfence.daemon.history;

import org.jspecify.annotations.NullMarked;
