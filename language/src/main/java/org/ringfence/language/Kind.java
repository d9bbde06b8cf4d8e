package org.ringfence.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a definition can be, in the order in which sections follow each other in the text. */
public enum Kind {
    NODE("node", "node", "nodes"),
    TEMPLATE("rsc_template", "template", "resources"),
    PRIMITIVE("primitive", "primitive", "resources"),
    GROUP("group", "group", "resources"),
    CLONE("clone", "clone", "resources"),
    MASTER("ms", "master", "resources"),
    BUNDLE("bundle", "bundle", "resources"),
    TAG("tag", "tag", "tags"),
    LOCATION("location", "rsc_location", "constraints"),
    COLOCATION("colocation", "rsc_colocation", "constraints"),
    ORDER("order", "rsc_order", "constraints"),
    TICKET("rsc_ticket", "rsc_ticket", "constraints"),
    FENCING_TOPOLOGY("fencing_topology", "fencing-topology", ""),
    PROPERTY("property", "cluster_property_set", "crm_config"),
    RESOURCE_DEFAULTS("rsc_defaults", "meta_attributes", "rsc_defaults"),
    OPERATION_DEFAULTS("op_defaults", "meta_attributes", "op_defaults"),
    ROLE("role", "acl_role", "acls"),
    USER("user", "acl_user", "acls"),
    TARGET("acl_target", "acl_target", "acls"),
    ACL_GROUP("acl_group", "acl_group", "acls"),
    ALERT("alert", "alert", "alerts"),
    /** A section with what in it is none of the above. */
    OTHER("xml", "", "");

    /** The sections in the order in which a CIB has them. */
    static final List<String> SECTIONS = List.of(
            "crm_config",
            "nodes",
            "resources",
            "constraints",
            "fencing-topology",
            "acls",
            "tags",
            "alerts",
            "rsc_defaults",
            "op_defaults");

    private final String keyword;
    private final String element;
    private final String section;

    Kind(String keyword, String element, String section) {
        this.keyword = keyword;
        this.element = element;
        this.section = section;
    }

    /** What a statement of this kind begins with. */
    public String keyword() {
        return keyword;
    }

    String element() {
        return element;
    }

    /** Empty for what is a section itself. */
    String section() {
        return section;
    }

    /** By the word that begins a statement, under any of its names. */
    static Optional<Kind> ofKeyword(String word) {
        return switch (word) {
            case "collocation" -> Optional.of(COLOCATION);
            case "master" -> Optional.of(MASTER);
            case "fencing-topology" -> Optional.of(FENCING_TOPOLOGY);
            default -> {
                for (Kind kind : values()) {
                    if (kind.keyword.equals(word)) {
                        yield Optional.of(kind);
                    }
                }
                yield Optional.empty();
            }
        };
    }

    static Optional<Kind> of(String section, String element) {
        for (Kind kind : values()) {
            if (kind.element.equals(element) && kind.section.equals(section) && kind != OTHER) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    static List<String> keywords() {
        var keywords = new ArrayList<String>();
        for (Kind kind : values()) {
            keywords.add(kind.keyword);
        }
        keywords.add("monitor");
        return keywords;
    }
}
