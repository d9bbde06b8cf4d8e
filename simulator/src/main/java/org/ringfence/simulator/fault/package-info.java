/** What goes wrong in a random run, and how it is put right again at its end. */
@NullMarked
package org.ringfence.simulator.fault;

import org.jspecify.annotations.NullMarked;
