/** Conversations between machines, kept as text: what is said and done, line by line. */
@NullMarked
package org.ringfence.controller.interaction;

import org.jspecify.annotations.NullMarked;
