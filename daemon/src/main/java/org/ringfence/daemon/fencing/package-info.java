/**
 * Runs fence agents: any executable that reads {@code key=value} lines from its standard input and says with its exit status
 * whether it did what was asked. What is fenced, when and with what is the controller's to decide.
 */
@NullMarked
package org.ringfence.daemon.fencing;

import org.jspecify.annotations.NullMarked;
