/**
 * Hosts on one machine: what a cluster's nodes run on, and what can be done to them.
 *
 * <p>With the rights for it every host has a network, a process table, mounts and a name of its own, and the end of its
 * first process ends all others in one step, as a power cut does. Without them a host is a loopback address and a group
 * of plain processes. {@link Hosts} chooses and says why; {@link Run} sees to it that nothing stays behind.
 */
@NullMarked
package org.ringfence.demo.host;

import org.jspecify.annotations.NullMarked;
