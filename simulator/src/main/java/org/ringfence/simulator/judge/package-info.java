/** The invariants of the design, each a class of its own, checked from outside after every event. */
@NullMarked
package org.ringfence.simulator.judge;

import org.jspecify.annotations.NullMarked;
