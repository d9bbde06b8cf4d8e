/** Tests of what commands are made of. */
@NullMarked
package org.ringfence.cli.command;

import org.jspecify.annotations.NullMarked;
