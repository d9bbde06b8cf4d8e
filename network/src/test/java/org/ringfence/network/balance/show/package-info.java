@NullMarked
package org.ringfence.network.balance.show;

import org.jspecify.annotations.NullMarked;
