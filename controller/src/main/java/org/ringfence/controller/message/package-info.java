/** What nodes say to each other. All but the messages that make a view carry its number and die with it. */
@NullMarked
package org.ringfence.controller.message;

import org.jspecify.annotations.NullMarked;
