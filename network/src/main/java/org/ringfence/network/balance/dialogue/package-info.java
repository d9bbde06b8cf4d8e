/**
 * What is said to a server to find out whether it works: one small class for each protocol. Each is given a {@link Wire} that ends in
 * time, and throws {@link FailedCheckException} when the answer is not what it should be.
 */
@NullMarked
package org.ringfence.network.balance.dialogue;

import org.jspecify.annotations.NullMarked;
