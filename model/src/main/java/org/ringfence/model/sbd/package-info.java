/** What lies on a shared disk that nodes are fenced through, byte for byte as the {@code sbd} tool lays it out. Pure. */
@NullMarked
package org.ringfence.model.sbd;

import org.jspecify.annotations.NullMarked;
