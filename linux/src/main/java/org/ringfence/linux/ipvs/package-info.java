/**
 * The kernel's load balancer: its table of services and destinations, read and changed over generic netlink, as {@code ipvsadm} does.
 * Facts are of {@code linux/ip_vs.h}, {@code linux/genetlink.h} and {@code linux/netlink.h}.
 */
@NullMarked
package org.ringfence.linux.ipvs;

import org.jspecify.annotations.NullMarked;
