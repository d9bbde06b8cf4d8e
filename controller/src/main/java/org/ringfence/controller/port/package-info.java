/** What the machines need of the world, as small interfaces with few promises. */
@NullMarked
package org.ringfence.controller.port;

import org.jspecify.annotations.NullMarked;
