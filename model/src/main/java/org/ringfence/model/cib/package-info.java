/** The configuration as administrators write it (the CIB), read from and written to XML without losing anything. */
@NullMarked
package org.ringfence.model.cib;

import org.jspecify.annotations.NullMarked;
