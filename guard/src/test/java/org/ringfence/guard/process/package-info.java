@NullMarked
package org.ringfence.guard.process;

import org.jspecify.annotations.NullMarked;
