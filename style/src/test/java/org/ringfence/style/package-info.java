/** One format for every source: a room of its own, so that checking it and writing it compiles nothing else. */
@NullMarked
package org.ringfence.style;

import org.jspecify.annotations.NullMarked;
