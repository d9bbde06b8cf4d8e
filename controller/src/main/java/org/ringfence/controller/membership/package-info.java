/** Strong views out of an engine that promises little: a live member proposes, every member of the proposal answers with what it
 * holds, and the view is installed under a number that was never used before. */
@NullMarked
package org.ringfence.controller.membership;

import org.jspecify.annotations.NullMarked;
