@NullMarked
package org.ringfence.guard.settings;

import org.jspecify.annotations.NullMarked;
