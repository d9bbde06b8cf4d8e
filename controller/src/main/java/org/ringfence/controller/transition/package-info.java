/** Carrying out a transition graph from the DC: what may begin, what ended, when to give up and decide anew. */
@NullMarked
package org.ringfence.controller.transition;

import org.jspecify.annotations.NullMarked;
