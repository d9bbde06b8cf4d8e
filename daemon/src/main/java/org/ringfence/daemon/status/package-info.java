/** Puts what the cluster knows into the words of the local API. */
@NullMarked
package org.ringfence.daemon.status;

import org.jspecify.annotations.NullMarked;
