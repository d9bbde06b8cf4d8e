/** What one failure would mean, before it happens: each is put into the status, scheduled, and carried out. */
@NullMarked
package org.ringfence.controller.foresee;

import org.jspecify.annotations.NullMarked;
