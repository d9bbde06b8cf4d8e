/** What tests of commands need: a node that answers as it is told, and a terminal that can be read. */
@NullMarked
package org.ringfence.cli.testing;

import org.jspecify.annotations.NullMarked;
