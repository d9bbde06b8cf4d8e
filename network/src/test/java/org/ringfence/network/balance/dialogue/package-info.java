@NullMarked
package org.ringfence.network.balance.dialogue;

import org.jspecify.annotations.NullMarked;
