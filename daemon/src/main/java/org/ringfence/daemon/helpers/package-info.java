/**
 * The commands of Pacemaker that resource agents call: {@code crm_attribute}, {@code crm_node}, {@code crm_mon} and the like. On the
 * agents' PATH stand small scripts that hand their command lines to the daemon; here they are read and answered, with the output
 * and the exit statuses that agents compare. What was followed is those commands' own help texts (Pacemaker 2.1.5) and what the
 * agents of {@code resource-agents} 4.12 call.
 */
@NullMarked
package org.ringfence.daemon.helpers;

import org.jspecify.annotations.NullMarked;
