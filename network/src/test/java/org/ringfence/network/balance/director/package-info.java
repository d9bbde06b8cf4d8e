@NullMarked
package org.ringfence.network.balance.director;

import org.jspecify.annotations.NullMarked;
