/** What is wrong with something an operator wrote or asked for, where, and the smallest change that helps. */
@NullMarked
package org.ringfence.model.problem;

import org.jspecify.annotations.NullMarked;
