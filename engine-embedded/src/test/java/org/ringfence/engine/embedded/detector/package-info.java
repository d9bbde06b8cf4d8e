/** The rules of the detector, by example and by trying everything. */
@NullMarked
package org.ringfence.engine.embedded.detector;

import org.jspecify.annotations.NullMarked;
