/** Sets up a host as a node: its settings file, and the cluster's key. */
@NullMarked
package org.ringfence.cli.setup;

import org.jspecify.annotations.NullMarked;
