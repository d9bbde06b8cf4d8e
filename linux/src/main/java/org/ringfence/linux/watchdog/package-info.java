/**
 * The kernel's watchdogs: the device that resets the host unless it is written to in time, and what the kernel says of it. After
 * {@code watchdog-api} and {@code sysfs-class-watchdog} of the Linux documentation.
 */
@NullMarked
package org.ringfence.linux.watchdog;

import org.jspecify.annotations.NullMarked;
