package org.ringfence.controller.configuration;

import org.ringfence.model.cib.CibVersion;
import org.ringfence.model.xml.Element;

/** One change of the configuration. */
public sealed interface Edit {

    /** Puts a whole CIB in its place; its status, if any, is not taken. */
    record Replace(String text, String fileName) implements Edit {}

    /** Changes nothing, and lets the edits after it be made only while the configuration is still of this version. */
    record OnlyIfStill(CibVersion version) implements Edit {}

    /** @param value empty to unset */
    record SetProperty(String name, String value) implements Edit {}

    /** Sets a permanent attribute of a node, such as {@code standby}; an empty value unsets it. */
    record SetNodeAttribute(String node, String name, String value) implements Edit {}

    /** Sets a meta attribute of a resource; an empty value unsets it. */
    record SetMeta(String resource, String name, String value) implements Edit {}

    /** Puts an element into a section ({@code resources}, {@code constraints}, ...), in the place of one with its id. */
    record Put(String section, Element element) implements Edit {}

    /** Removes the element with this id from a section. */
    record Remove(String section, String id) implements Edit {}

    /** Sets or clears ({@code value} empty) the waiver for running a resource without fencing. */
    record Waive(String resource, String value) implements Edit {}
}
