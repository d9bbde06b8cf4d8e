@NullMarked
package org.ringfence.network.balance.check;

import org.jspecify.annotations.NullMarked;
