/**
 * What a load balancer is asked to do, as immutable records: virtual services, the real servers behind them, how those are checked,
 * and what happens when none is left. Nothing here reads a file, a name or a clock.
 */
@NullMarked
package org.ringfence.network.balance.service;

import org.jspecify.annotations.NullMarked;
