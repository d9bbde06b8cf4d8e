/** That deciding about a part gives what deciding about everything gives. */
@NullMarked
package org.ringfence.scheduler.change;

import org.jspecify.annotations.NullMarked;
