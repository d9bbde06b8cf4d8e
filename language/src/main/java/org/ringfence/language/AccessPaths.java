package org.ringfence.language;

import java.util.List;
import java.util.Optional;

/** The short names for XPaths that rights are often given on. */
final class AccessPaths {
    static final List<String> SHORTCUTS = List.of(
            "meta:RESOURCE[:NAME]",
            "params:RESOURCE[:NAME]",
            "utilization:RESOURCE",
            "location:RESOURCE",
            "property[:NAME]",
            "node[:NODE]",
            "nodeattr[:NAME]",
            "nodeutil[:NODE]",
            "status",
            "cib");

    private AccessPaths() {}

    static Optional<String> read(String text) {
        String[] parts = text.split(":", 3);
        String first = parts.length > 1 ? parts[1] : "";
        boolean named = !first.isEmpty();
        String second = parts.length > 2 ? pair(parts[2]) : "";
        return switch (parts[0]) {
            case "meta" -> resource(named, first, "meta_attributes" + second);
            case "params" -> resource(named, first, "instance_attributes" + second);
            case "utilization" -> resource(named, first, "utilization" + second);
            case "location" ->
                named
                        ? Optional.of("//rsc_location[@id='cli-prefer-" + first + "' and @rsc='" + first + "']")
                        : Optional.empty();
            case "property" -> Optional.of("//crm_config/cluster_property_set" + (named ? pair(first) : ""));
            case "node" -> Optional.of("//nodes/node" + (named ? "[@uname='" + first + "']" : ""));
            case "nodeattr" -> Optional.of("//nodes/node/instance_attributes" + (named ? pair(first) : ""));
            case "nodeutil" -> Optional.of("//nodes/node" + (named ? "[@uname='" + first + "']" : "") + "/utilization");
            case "status" -> Optional.of("/cib/status");
            case "cib" -> Optional.of("/cib");
            default -> Optional.empty();
        };
    }

    /** The short name of a path, when reading that gives the path again. */
    static Optional<String> shortcut(String path) {
        for (String candidate : candidates(path)) {
            if (read(candidate).filter(path::equals).isPresent()) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static List<String> candidates(String path) {
        String resource = quoted(path, "@id='");
        String name = quoted(path, "@name='");
        String tail = name.isEmpty() ? "" : ":" + name;
        return List.of(
                "cib",
                "status",
                "node",
                "node:" + quoted(path, "@uname='"),
                "nodeattr" + tail,
                "property" + tail,
                "meta:" + resource + tail,
                "params:" + resource + tail,
                "utilization:" + resource + tail);
    }

    private static String quoted(String path, String before) {
        int from = path.indexOf(before);
        int end = from < 0 ? -1 : path.indexOf('\'', from + before.length());
        return end < 0 ? "" : path.substring(from + before.length(), end);
    }

    private static Optional<String> resource(boolean named, String id, String below) {
        return named ? Optional.of("//primitive[@id='" + id + "']/" + below) : Optional.empty();
    }

    private static String pair(String name) {
        return "/nvpair[@name='" + name + "']";
    }
}
