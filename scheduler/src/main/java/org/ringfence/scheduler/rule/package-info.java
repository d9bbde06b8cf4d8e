/** Whether rules hold, and what sets of names with values come to when they do. */
@NullMarked
package org.ringfence.scheduler.rule;

import org.jspecify.annotations.NullMarked;
