/** What happened in the cluster, entry by entry. */
@NullMarked
package org.ringfence.api.history;

import org.jspecify.annotations.NullMarked;
