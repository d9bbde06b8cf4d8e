/** Finds each resource a node: scores are completed, resources are assigned one after another, then some are promoted. */
@NullMarked
package org.ringfence.scheduler.placement;

import org.jspecify.annotations.NullMarked;
