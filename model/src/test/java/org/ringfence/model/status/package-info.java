/** Tests of what is known of nodes and resources. */
@NullMarked
package org.ringfence.model.status;

import org.jspecify.annotations.NullMarked;
