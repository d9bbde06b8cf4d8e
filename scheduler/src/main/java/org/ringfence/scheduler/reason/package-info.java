/**
 * Reasons as data: what a score is made of, why an action is done or is not, and which element of the configuration or of the status
 * says so. Terms are kept only for resources that somebody asks about; see {@code explain} for who does.
 */
@NullMarked
package org.ringfence.scheduler.reason;

import org.jspecify.annotations.NullMarked;
