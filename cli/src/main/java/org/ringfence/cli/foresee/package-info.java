/** Commands that say why, and what would be if something were otherwise. */
@NullMarked
package org.ringfence.cli.foresee;

import org.jspecify.annotations.NullMarked;
