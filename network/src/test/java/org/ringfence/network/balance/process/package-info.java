@NullMarked
package org.ringfence.network.balance.process;

import org.jspecify.annotations.NullMarked;
