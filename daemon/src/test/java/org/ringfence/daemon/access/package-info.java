@NullMarked
package org.ringfence.daemon.access;

import org.jspecify.annotations.NullMarked;
