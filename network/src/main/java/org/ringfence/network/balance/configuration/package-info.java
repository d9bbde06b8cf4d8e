/**
 * Reads ldirectord.cf, by the grammar of ldirectord(8). {@link ConfigurationReader} is the way in. A file is cut into {@link
 * Directive}s, these gathered in {@link Section}s, one for the whole and one for each virtual service, and {@link ServiceReader} makes
 * records of them. What is wrong is collected with line and column, so that one run shows all of it.
 */
@NullMarked
package org.ringfence.network.balance.configuration;

import org.jspecify.annotations.NullMarked;
