/** Carrying by the kernel: a {@link KernelPath} keeps the table of IPVS as the roster wants it. */
@NullMarked
package org.ringfence.network.balance.kernel;

import org.jspecify.annotations.NullMarked;
