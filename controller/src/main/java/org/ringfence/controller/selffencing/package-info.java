/** When a node stops itself, so that its peers need not wait for longer than was promised. */
@NullMarked
package org.ringfence.controller.selffencing;

import org.jspecify.annotations.NullMarked;
