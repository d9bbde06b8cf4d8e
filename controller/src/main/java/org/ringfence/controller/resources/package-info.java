/** What one node does with resource agents: one operation at a time for each resource, monitors again and again, and the history of it. */
@NullMarked
package org.ringfence.controller.resources;

import org.jspecify.annotations.NullMarked;
