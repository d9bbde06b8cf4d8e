/** Writes down what has to be done as a transition graph. */
@NullMarked
package org.ringfence.scheduler.transition;

import org.jspecify.annotations.NullMarked;
