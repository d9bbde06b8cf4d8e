/** Tests of what is foreseen. */
@NullMarked
package org.ringfence.scheduler.foresee;

import org.jspecify.annotations.NullMarked;
