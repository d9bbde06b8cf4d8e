/** Real engines on the loopback, in this process, in child processes and in network namespaces. */
@NullMarked
package org.ringfence.engine.embedded;

import org.jspecify.annotations.NullMarked;
