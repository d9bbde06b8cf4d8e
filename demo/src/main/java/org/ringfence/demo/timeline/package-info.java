/** What happened between a fault and the service's return, told by all who saw it: nodes, power switch, client. */
@NullMarked
package org.ringfence.demo.timeline;

import org.jspecify.annotations.NullMarked;
