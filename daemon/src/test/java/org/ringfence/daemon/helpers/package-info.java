@NullMarked
package org.ringfence.daemon.helpers;

import org.jspecify.annotations.NullMarked;
