/** Tests of what is tried against a node, by whom and when. */
@NullMarked
package org.ringfence.controller.fencing;

import org.jspecify.annotations.NullMarked;
