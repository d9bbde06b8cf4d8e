/**
 * Which servers a virtual service has now, and with which weights: {@link Roster} decides it from the configuration, from what checks
 * found and from what the administrator wants. A {@link DataPath} carries connections to them. Pure, but for that port.
 */
@NullMarked
package org.ringfence.network.balance.table;

import org.jspecify.annotations.NullMarked;
