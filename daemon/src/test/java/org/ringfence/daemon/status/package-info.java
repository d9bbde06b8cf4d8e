/** Tests of what a node says of itself and its host. */
@NullMarked
package org.ringfence.daemon.status;

import org.jspecify.annotations.NullMarked;
