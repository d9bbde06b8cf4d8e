/**
 * The built-in director: carries connections in user space, for hosts whose kernel has no IPVS. A few threads, each with a selector
 * ({@link Loop}); a connection stays on its thread. Bytes go from one socket to the other through one buffer, which is given back as
 * soon as it is empty: a connection at rest holds none, and one whose taker is slow is not read from. Whom a connection goes to is
 * decided in {@code choice}.
 */
@NullMarked
package org.ringfence.network.balance.director;

import org.jspecify.annotations.NullMarked;
