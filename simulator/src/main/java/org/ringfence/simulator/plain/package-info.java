/** A scheduler so simple that it is easily seen to be right, for exercising the machines on primitives alone. */
@NullMarked
package org.ringfence.simulator.plain;

import org.jspecify.annotations.NullMarked;
