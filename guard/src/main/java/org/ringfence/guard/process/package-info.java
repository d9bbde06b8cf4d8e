/** The guard: a small process that feeds a node's watchdog for as long as it may, and reads what the node is told through its slots. */
@NullMarked
package org.ringfence.guard.process;

import org.jspecify.annotations.NullMarked;
