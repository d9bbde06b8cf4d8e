/** What administrators and agents ask of a node, and what they are answered. */
@NullMarked
package org.ringfence.controller.request;

import org.jspecify.annotations.NullMarked;
