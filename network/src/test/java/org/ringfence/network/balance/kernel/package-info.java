@NullMarked
package org.ringfence.network.balance.kernel;

import org.jspecify.annotations.NullMarked;
