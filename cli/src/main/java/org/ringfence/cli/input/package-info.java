/** What people write on a command line, read: durations, moments, nodes, files. */
@NullMarked
package org.ringfence.cli.input;

import org.jspecify.annotations.NullMarked;
