/** What a guard leaves behind before its host is reset. */
@NullMarked
package org.ringfence.guard.note;

import org.jspecify.annotations.NullMarked;
