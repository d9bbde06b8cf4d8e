/** What the designated controller does: gathers what members know, decides with the scheduler, has it carried out, fences who is lost. */
@NullMarked
package org.ringfence.controller.dc;

import org.jspecify.annotations.NullMarked;
