@NullMarked
package org.ringfence.network.balance.configuration;

import org.jspecify.annotations.NullMarked;
