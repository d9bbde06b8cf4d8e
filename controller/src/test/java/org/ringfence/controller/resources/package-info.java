@NullMarked
package org.ringfence.controller.resources;

import org.jspecify.annotations.NullMarked;
