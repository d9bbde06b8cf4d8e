@NullMarked
package org.ringfence.network.balance.choice;

import org.jspecify.annotations.NullMarked;
