/** Many seeds of the simulator on all cores, and the story of the first failure: {@code ringfence sim}. */
@NullMarked
package org.ringfence.campaign;

import org.jspecify.annotations.NullMarked;
