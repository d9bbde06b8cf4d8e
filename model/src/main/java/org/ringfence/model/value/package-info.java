/** The small value formats of a configuration: scores, spans of time, yes and no. */
@NullMarked
package org.ringfence.model.value;

import org.jspecify.annotations.NullMarked;
