/** What a node's daemon and its guard say to each other, in memory that both see. */
@NullMarked
package org.ringfence.guard.board;

import org.jspecify.annotations.NullMarked;
