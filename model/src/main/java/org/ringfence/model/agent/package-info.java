/** What agents say of themselves: metadata of resource and fence agents, and the lists that fence agents print. */
@NullMarked
package org.ringfence.model.agent;

import org.jspecify.annotations.NullMarked;
