/** Tests with real agents: little scripts that each test writes, Ringfence's own, and Debian's where they are installed. */
@NullMarked
package org.ringfence.daemon.agents;

import org.jspecify.annotations.NullMarked;
