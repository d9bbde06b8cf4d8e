/** The watchdogs of played hosts: what ends a host that does not feed its own, from outside. */
@NullMarked
package org.ringfence.demo.watchdog;

import org.jspecify.annotations.NullMarked;
