/** The client outside of the cluster: it asks the service again and again, and is the only judge of downtime. */
@NullMarked
package org.ringfence.demo.client;

import org.jspecify.annotations.NullMarked;
