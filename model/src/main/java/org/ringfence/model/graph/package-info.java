/** Transition graphs: actions and the orderings between them, in the vocabulary of transition_graph. */
@NullMarked
package org.ringfence.model.graph;

import org.jspecify.annotations.NullMarked;
