/** Tests of what is common to all of a node's machines. */
@NullMarked
package org.ringfence.controller;

import org.jspecify.annotations.NullMarked;
