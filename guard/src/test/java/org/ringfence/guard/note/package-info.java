@NullMarked
package org.ringfence.guard.note;

import org.jspecify.annotations.NullMarked;
