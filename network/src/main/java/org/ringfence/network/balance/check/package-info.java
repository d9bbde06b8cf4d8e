/**
 * Whether real servers work. {@link Watch} is the pure part: what is to be tried when, and what follows from its result. {@link Checks}
 * does it, on threads of its own; what is said to a server is in {@code dialogue}.
 */
@NullMarked
package org.ringfence.network.balance.check;

import org.jspecify.annotations.NullMarked;
