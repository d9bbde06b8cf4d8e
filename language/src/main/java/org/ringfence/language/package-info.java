/**
 * The configuration as text, in the language of crmsh's {@code configure} level: read into the elements of a CIB, and written from
 * them. {@link org.ringfence.language.ConfigurationText} is the way in.
 *
 * <p>Text and CIB meet in {@link org.ringfence.language.Definitions}: one definition for each statement, in which a group or a
 * clone names its members where the CIB holds them inside. What a statement cannot say without losing something is written as a
 * raw {@code xml} statement; whether it can is not guessed but tried, by reading back what was written.
 *
 * <p>The grammar was learned from crmsh's manual (crm(8), "configure") and from what the program writes and accepts.
 */
@NullMarked
package org.ringfence.language;

import org.jspecify.annotations.NullMarked;
