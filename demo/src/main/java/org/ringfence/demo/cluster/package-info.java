/**
 * A cluster of Ringfence daemons on demo hosts: configured, started, asked and hurt from outside. It needs nothing of the
 * daemon but its command and its local API, so what it shows is what any user of these would see.
 */
@NullMarked
package org.ringfence.demo.cluster;

import org.jspecify.annotations.NullMarked;
