/** Constraints, resolved from names to resources. */
@NullMarked
package org.ringfence.scheduler.constraint;

import org.jspecify.annotations.NullMarked;
