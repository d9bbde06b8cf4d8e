@NullMarked
package org.ringfence.linux.watchdog;

import org.jspecify.annotations.NullMarked;
