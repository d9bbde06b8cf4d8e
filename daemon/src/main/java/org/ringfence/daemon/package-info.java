/** Connects the ports of the machines to the world. */
@NullMarked
package org.ringfence.daemon;

import org.jspecify.annotations.NullMarked;
