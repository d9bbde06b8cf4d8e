/**
 * Configurations of other cluster stacks, put into the language of this one: heartbeat's {@code ha.cf} and {@code haresources}, and what
 * {@code pcs config} shows. Nothing is dropped without a word: what has no counterpart, or is done otherwise here, is in the report.
 *
 * <p>Built after heartbeat's and pcs's manual pages, which say what each line means.
 */
@NullMarked
package org.ringfence.language.foreign;

import org.jspecify.annotations.NullMarked;
