package org.ringfence.guard.process;

import org.ringfence.model.sbd.SbdMessage;

/**
 * A message that was found in the node's slot and that ends something.
 *
 * @param message {@code reset}, {@code off}, {@code crashdump} or {@code exit}
 * @param from    who wrote it
 * @param disk    the first on which it was found
 */
public record Order(SbdMessage message, String from, String disk) {}
