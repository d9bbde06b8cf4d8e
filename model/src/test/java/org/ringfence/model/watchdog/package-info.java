@NullMarked
package org.ringfence.model.watchdog;

import org.jspecify.annotations.NullMarked;
