/** Small facts that every member knows and no single loss may take away: node attributes, fail counts, who was lost, who was fenced. */
@NullMarked
package org.ringfence.controller.facts;

import org.jspecify.annotations.NullMarked;
