@NullMarked
package org.ringfence.guard.board;

import org.jspecify.annotations.NullMarked;
