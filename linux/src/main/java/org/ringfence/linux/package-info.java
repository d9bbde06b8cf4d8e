/**
 * Linux calls that the JDK lacks, through {@code java.lang.foreign}. The numbers of constants and the layouts of structures are
 * those of 64-bit x86 and ARM, which agree in all that is used here.
 */
@NullMarked
package org.ringfence.linux;

import org.jspecify.annotations.NullMarked;
