/**
 * Deliberate faults around the production machine, each of which one invariant must find: a checker that finds nothing proves
 * nothing. They change what a node is told, remembers or does from outside; the machine itself has no switch for them.
 */
@NullMarked
package org.ringfence.simulator.plant;

import org.jspecify.annotations.NullMarked;
