/** A whole cluster on one thread, from one seed: the production machines on a simulated world, faults, and a judge. */
@NullMarked
package org.ringfence.simulator;

import org.jspecify.annotations.NullMarked;
