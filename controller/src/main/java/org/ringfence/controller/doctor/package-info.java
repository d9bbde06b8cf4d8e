/**
 * What can be wrong with a cluster: a catalogue with reasons and remedies, and examinations of a configuration that find it. The catalogue also has
 * what is found on hosts, which only their daemons can look at, and the words of the interlock.
 */
@NullMarked
package org.ringfence.controller.doctor;

import org.jspecify.annotations.NullMarked;
