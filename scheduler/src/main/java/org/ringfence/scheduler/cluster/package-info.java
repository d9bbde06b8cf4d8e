/** The nodes and the cluster's options, as one run of the scheduler sees them. */
@NullMarked
package org.ringfence.scheduler.cluster;

import org.jspecify.annotations.NullMarked;
