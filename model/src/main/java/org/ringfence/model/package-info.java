/**
 * What a cluster is told and what it knows: configuration, status, transition graphs and problems, as immutable records.
 *
 * <p>This room is pure. It reads no clock, opens nothing and starts nothing; every collection iterates in a defined order.
 */
@NullMarked
package org.ringfence.model;

import org.jspecify.annotations.NullMarked;
