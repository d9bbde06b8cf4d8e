/** What commands write to: two streams, colour where a person is looking, and tables whose columns line up. */
@NullMarked
package org.ringfence.cli.terminal;

import org.jspecify.annotations.NullMarked;
