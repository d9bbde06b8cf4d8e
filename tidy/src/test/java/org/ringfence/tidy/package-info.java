/** The house rules, as tests over the class files and the sources. */
@NullMarked
package org.ringfence.tidy;

import org.jspecify.annotations.NullMarked;
