/** Messages between nodes as bytes. */
@NullMarked
package org.ringfence.daemon.codec;

import org.jspecify.annotations.NullMarked;
