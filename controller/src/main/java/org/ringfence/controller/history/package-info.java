/** The timeline: what happened, to whom, when. */
@NullMarked
package org.ringfence.controller.history;

import org.jspecify.annotations.NullMarked;
