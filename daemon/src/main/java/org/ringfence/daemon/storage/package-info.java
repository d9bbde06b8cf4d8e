/**
 * What a node must not forget, on its disk: a state folder that one daemon owns, in it small documents and the last
 * configurations. A document is replaced as a whole or not at all, and one that was damaged is told from one that was not.
 */
@NullMarked
package org.ringfence.daemon.storage;

import org.jspecify.annotations.NullMarked;
