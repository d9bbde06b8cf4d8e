/**
 * Questions a watchdog before it is trusted: {@link org.ringfence.guard.probe.Probe} asks,
 * {@link org.ringfence.guard.probe.Finding} is what it found, and {@link org.ringfence.guard.probe.WatchdogDriver} is what is
 * asked, a real one or a double. {@link org.ringfence.guard.probe.Bite} lets one reset this host.
 */
@NullMarked
package org.ringfence.guard.probe;

import org.jspecify.annotations.NullMarked;
