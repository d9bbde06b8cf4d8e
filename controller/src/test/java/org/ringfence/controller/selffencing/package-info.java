@NullMarked
package org.ringfence.controller.selffencing;

import org.jspecify.annotations.NullMarked;
