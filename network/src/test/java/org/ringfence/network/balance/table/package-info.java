@NullMarked
package org.ringfence.network.balance.table;

import org.jspecify.annotations.NullMarked;
