@NullMarked
package org.ringfence.language;

import org.jspecify.annotations.NullMarked;
