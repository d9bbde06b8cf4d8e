@NullMarked
package org.ringfence.network.balance.service;

import org.jspecify.annotations.NullMarked;
