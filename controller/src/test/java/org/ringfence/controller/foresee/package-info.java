/** Tests of this room's foresee. */
@NullMarked
package org.ringfence.controller.foresee;

import org.jspecify.annotations.NullMarked;
