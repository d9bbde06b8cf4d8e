/** A document as it was written: elements with their attributes in order, their text and the place where each stood. */
@NullMarked
package org.ringfence.model.xml;

import org.jspecify.annotations.NullMarked;
