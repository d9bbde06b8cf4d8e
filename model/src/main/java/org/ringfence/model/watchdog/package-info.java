/** What is known of a host's watchdog by questioning it, so that timeouts can be judged where no device is at hand. */
@NullMarked
package org.ringfence.model.watchdog;

import org.jspecify.annotations.NullMarked;
