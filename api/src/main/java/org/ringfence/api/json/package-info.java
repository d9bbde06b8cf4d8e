/**
 * JSON of records. Jackson's streaming core reads and writes the text; the mapping to records is a few small classes here,
 * because Jackson's data binding takes a quarter of a second of a command's start (docs/adr/0010).
 *
 * <p>The rules, the same for the local API and for messages between nodes:
 *
 * <ul>
 *   <li>A record is an object with a field for each component, in their order.
 *   <li>Where a sealed interface is declared, the field {@code type} says which record it is, by its simple name.
 *   <li>Lists, sets and maps keep their order; an empty {@code Optional} is {@code null}; instants and durations are ISO 8601;
 *       an enum is its constant's name.
 *   <li>A field that is missing reads as what is empty in its type: {@code false}, 0, {@code ""}, no elements, nothing. Where
 *       there is no such value the text is malformed. So a newer side may add fields that an older one does not send.
 *   <li>An unknown enum constant reads as {@code OTHER} if the enum has that constant.
 * </ul>
 */
@NullMarked
package org.ringfence.api.json;

import org.jspecify.annotations.NullMarked;
