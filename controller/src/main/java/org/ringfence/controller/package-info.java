/**
 * What a node does, as pure state machines: each takes a state and an event and gives the next state and the effects to
 * carry out. Daemon and simulator drive the same machines through different ports.
 */
@NullMarked
package org.ringfence.controller;

import org.jspecify.annotations.NullMarked;
