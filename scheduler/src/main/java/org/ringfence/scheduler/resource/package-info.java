/** Resources as one run sees them: the tree of instances, what is known of each, and where each is to be. */
@NullMarked
package org.ringfence.scheduler.resource;

import org.jspecify.annotations.NullMarked;
