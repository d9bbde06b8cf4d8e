/** {@code ringfence balance}: its words, and the process that balances. */
@NullMarked
package org.ringfence.network.balance.process;

import org.jspecify.annotations.NullMarked;
