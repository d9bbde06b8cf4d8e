/** What the recorded outcomes of operations say: what is active where and as what, what failed, and what follows from that. */
@NullMarked
package org.ringfence.scheduler.history;

import org.jspecify.annotations.NullMarked;
