/**
 * The node's local API: requests, replies and the client. {@link org.ringfence.api.Protocol} says how they travel.
 */
@NullMarked
package org.ringfence.api;

import org.jspecify.annotations.NullMarked;
