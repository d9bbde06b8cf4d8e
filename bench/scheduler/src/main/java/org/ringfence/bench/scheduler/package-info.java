/** How long the scheduler takes in a warm daemon, by phases. */
@NullMarked
package org.ringfence.bench.scheduler;

import org.jspecify.annotations.NullMarked;
