@NullMarked
package org.ringfence.daemon.guard;

import org.jspecify.annotations.NullMarked;
