/** Tests with real programs: shell scripts that misbehave in every way that agents do. */
@NullMarked
package org.ringfence.daemon.process;

import org.jspecify.annotations.NullMarked;
