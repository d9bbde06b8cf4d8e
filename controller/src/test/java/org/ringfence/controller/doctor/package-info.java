/** Tests of this room's doctor. */
@NullMarked
package org.ringfence.controller.doctor;

import org.jspecify.annotations.NullMarked;
