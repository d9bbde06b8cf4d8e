@NullMarked
package org.ringfence.controller.membership;

import org.jspecify.annotations.NullMarked;
