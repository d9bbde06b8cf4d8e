/**
 * Real daemons on hosts of their own, hurt in the ways that hosts are hurt, and judged from outside: by the client, by the
 * power switch's log and by what resource agents put on record themselves.
 */
@NullMarked
package org.ringfence.systemtest;

import org.jspecify.annotations.NullMarked;
