/** A cluster of hosts on this machine, faults, and the timeline of what happened. */
@NullMarked
package org.ringfence.demo;

import org.jspecify.annotations.NullMarked;
