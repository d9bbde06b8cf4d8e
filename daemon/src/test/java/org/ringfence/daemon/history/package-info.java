@NullMarked
package org.ringfence.daemon.history;

import org.jspecify.annotations.NullMarked;
