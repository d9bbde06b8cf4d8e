/** Shared disks through which nodes are fenced: slots, messages, majorities. */
@NullMarked
package org.ringfence.guard.disk;

import org.jspecify.annotations.NullMarked;
