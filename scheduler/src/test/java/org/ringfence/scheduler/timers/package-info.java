@NullMarked
package org.ringfence.scheduler.timers;

import org.jspecify.annotations.NullMarked;
