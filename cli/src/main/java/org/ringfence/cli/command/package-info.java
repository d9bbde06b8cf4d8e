/** One class for each command that asks a node. */
@NullMarked
package org.ringfence.cli.command;

import org.jspecify.annotations.NullMarked;
