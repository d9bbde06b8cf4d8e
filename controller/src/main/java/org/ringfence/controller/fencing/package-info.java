/** Making sure that a lost node is dead: which device, which node executes, what to try next. */
@NullMarked
package org.ringfence.controller.fencing;

import org.jspecify.annotations.NullMarked;
