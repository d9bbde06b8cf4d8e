/** What becomes of a status. */
@NullMarked
package org.ringfence.scheduler.execution;

import org.jspecify.annotations.NullMarked;
