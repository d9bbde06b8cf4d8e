/** Probing doubles of drivers, some like those that exist and some like those that should not. */
@NullMarked
package org.ringfence.guard.probe;

import org.jspecify.annotations.NullMarked;
