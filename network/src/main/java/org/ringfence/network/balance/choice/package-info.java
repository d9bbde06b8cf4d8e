/**
 * Which server gets the next connection: the schedulers, persistence and thresholds of the built-in director. Pure: {@link Chooser} is
 * told the time, and who calls it sees to it that one thread does at a time.
 */
@NullMarked
package org.ringfence.network.balance.choice;

import org.jspecify.annotations.NullMarked;
