/** The parts of a node's status reply: all that one screen shows. */
@NullMarked
package org.ringfence.api.status;

import org.jspecify.annotations.NullMarked;
