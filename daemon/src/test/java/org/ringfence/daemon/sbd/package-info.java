@NullMarked
package org.ringfence.daemon.sbd;

import org.jspecify.annotations.NullMarked;
