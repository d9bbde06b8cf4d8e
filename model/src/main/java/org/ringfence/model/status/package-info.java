/** What is known of nodes and resources: who is a member, what ran where and how each operation ended. */
@NullMarked
package org.ringfence.model.status;

import org.jspecify.annotations.NullMarked;
