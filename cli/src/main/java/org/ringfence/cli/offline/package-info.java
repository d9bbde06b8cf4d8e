/** Commands that ask no node: they call the scheduler on files. */
@NullMarked
package org.ringfence.cli.offline;

import org.jspecify.annotations.NullMarked;
