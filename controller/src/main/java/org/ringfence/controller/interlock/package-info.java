/** Nothing starts unfenced: whether resources may start at all, and if not, why and what to do. */
@NullMarked
package org.ringfence.controller.interlock;

import org.jspecify.annotations.NullMarked;
