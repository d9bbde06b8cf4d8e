/**
 * What becomes of a cluster's status: injections put something into it as if it had happened, and an execution carries a
 * transition out on it. Both are pure, take a CIB and give another one, so that a life can be played through step by step.
 *
 * <p>How it is driven: {@link org.ringfence.scheduler.execution.Injection#applyAll} with what is to have happened, then
 * {@link org.ringfence.scheduler.Scheduler#schedule}, then {@link org.ringfence.scheduler.execution.Execution#of} with the graph;
 * and again with the CIB that it gives. Where nothing fails, the second transition is empty.
 */
@NullMarked
package org.ringfence.scheduler.execution;

import org.jspecify.annotations.NullMarked;
