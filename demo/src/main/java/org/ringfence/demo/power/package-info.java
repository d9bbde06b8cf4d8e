/**
 * The power switch that hosts hang on, outside of all of them, and {@code fence_demo}, the fence agent that asks it.
 *
 * <p>Agent and switch talk through named pipes in a folder, which every host sees whether or not its network works: a real
 * power switch has a line of its own, too.
 */
@NullMarked
package org.ringfence.demo.power;

import org.jspecify.annotations.NullMarked;
