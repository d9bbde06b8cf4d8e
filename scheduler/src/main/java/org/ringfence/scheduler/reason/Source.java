package org.ringfence.scheduler.reason;

/**
 * What an administrator would look at, and change, to make a cause go away.
 *
 * @param element as the CIB names it: {@code rsc_location}, {@code primitive}, {@code node}; {@code cluster} for cluster options; empty
 *                when nothing in particular is to be changed
 * @param id      of that element; empty for {@code cluster}
 * @param name    the option, attribute, rule or operation in it that counts; empty for the element as a whole
 */
public record Source(String element, String id, String name) {
    /** Nothing in particular. */
    public static final Source NONE = new Source("", "", "");

    public static Source of(String element, String id) {
        return new Source(element, id, "");
    }

    public static Source option(String name) {
        return new Source("cluster", "", name);
    }

    public static Source meta(String resource, String name) {
        return new Source("resource", resource, name);
    }

    public static Source node(String node) {
        return of("node", node);
    }

    @Override
    public String toString() {
        if (element.isEmpty()) {
            return "";
        }
        String what = id.isEmpty() ? element : element + " " + id;
        return name.isEmpty() ? what : what + ": " + name;
    }
}
