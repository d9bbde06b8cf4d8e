/**
 * Runs programs on this node: starts them cheaply, captures the end of what they print, ends the whole tree at a timeout, and
 * notices when a process ends, whoever its parent is. Knows nothing of resources and fence devices; {@code agents} and
 * {@code fencing} are built on it.
 */
@NullMarked
package org.ringfence.daemon.process;

import org.jspecify.annotations.NullMarked;
