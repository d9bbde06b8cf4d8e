@NullMarked
package org.ringfence.linux.ipvs;

import org.jspecify.annotations.NullMarked;
