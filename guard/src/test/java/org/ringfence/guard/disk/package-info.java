/** Tests on files and, as root, on loop devices beside Debian's {@code sbd}. */
@NullMarked
package org.ringfence.guard.disk;

import org.jspecify.annotations.NullMarked;
