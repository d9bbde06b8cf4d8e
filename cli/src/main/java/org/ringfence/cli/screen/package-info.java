/** How replies of a node look to a person. Nothing here asks anything. */
@NullMarked
package org.ringfence.cli.screen;

import org.jspecify.annotations.NullMarked;
