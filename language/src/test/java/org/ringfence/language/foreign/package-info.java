@NullMarked
package org.ringfence.language.foreign;

import org.jspecify.annotations.NullMarked;
