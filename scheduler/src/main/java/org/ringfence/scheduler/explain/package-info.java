/**
 * Explains a decision to those who ask. An {@link org.ringfence.scheduler.explain.Explainer} looks on while a transition is computed,
 * keeps the terms of the scores of what it was asked about, and afterwards follows each action back to what made it necessary, or
 * impossible. Nothing in here takes part in deciding.
 */
@NullMarked
package org.ringfence.scheduler.explain;

import org.jspecify.annotations.NullMarked;
