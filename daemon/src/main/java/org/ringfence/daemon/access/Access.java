package org.ringfence.daemon.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.Truth;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;

/**
 * What one caller may see and change, by the roles that a configuration gives them.
 *
 * @param user  as the kernel names them
 * @param roles the names of their roles, in the order of the configuration
 */
public record Access(String user, List<String> roles, List<Permission> permissions) {
    public Access {
        roles = List.copyOf(roles);
        permissions = List.copyOf(permissions);
    }

    /** Whether the configuration asks for access control. */
    public static boolean isControlled(Cib cib) {
        return cib.property("enable-acl").flatMap(Truth::parse).orElse(false);
    }

    /** @param inGroup whether the caller is a member of the host's group of this name */
    public static Access of(Cib cib, String user, Predicate<String> inGroup) {
        Element acls = cib.configurationElement()
                .child("acls")
                .orElseGet(() -> Element.of("acls", Attributes.NONE, List.of()));
        SequencedMap<String, Element> known = new LinkedHashMap<>();
        acls.children("acl_role").forEach(role -> known.put(role.id(), role));
        List<String> names = new ArrayList<>();
        List<Permission> permissions = new ArrayList<>();
        for (Element subject : acls.children()) {
            boolean meant = switch (subject.name()) {
                case "acl_target" -> name(subject).equals(user);
                case "acl_group" -> inGroup.test(name(subject));
                default -> false;
            };
            if (meant) {
                for (Element role : subject.children("role")) {
                    names.add(role.id());
                    Optional.ofNullable(known.get(role.id()))
                            .ifPresent(found -> found.children("acl_permission")
                                    .forEach(one -> Permission.read(one).ifPresent(permissions::add)));
                }
            }
        }
        return new Access(user, names, permissions);
    }

    /** {@code name} where there is one: an id cannot hold every user's name. */
    private static String name(Element subject) {
        return subject.attribute("name", subject.id());
    }

    /**
     * A document without what may not be read. An element around something readable stays, with nothing but its id.
     *
     * @return empty when nothing of it may be read
     */
    public Optional<Element> readable(Element root) {
        return readable(Marks.of(root, permissions), root);
    }

    private static Optional<Element> readable(Marks marks, Element element) {
        List<Element> kept = new ArrayList<>();
        boolean readable = marks.mayRead(element);
        for (Element child : element.children()) {
            if (child.name().equals(Element.COMMENT)) {
                if (readable) {
                    kept.add(child);
                }
            } else {
                readable(marks, child).ifPresent(kept::add);
            }
        }
        if (readable) {
            return Optional.of(element.withChildren(kept));
        }
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        var id = new LinkedHashMap<String, String>();
        element.attribute("id").ifPresent(text -> id.put("id", text));
        return Optional.of(Element.of(element.name(), id, kept));
    }

    /**
     * What a caller made of the part that they were shown, with what was hidden from them put back where it stood. What is inside of
     * something that they took away goes with it.
     */
    public Element restored(Element before, Element made) {
        return restored(Marks.of(before, permissions), before, made);
    }

    private static Element restored(Marks marks, Element before, Element made) {
        List<Element> children = new ArrayList<>(made.children());
        int next = 0;
        for (Element child : before.children()) {
            int at = indexOf(children, child);
            if (at >= 0) {
                children.set(at, restored(marks, child, children.get(at)));
                next = at + 1;
            } else if (!child.name().equals(Element.COMMENT)
                    && readable(marks, child).isEmpty()) {
                children.add(next, child);
                next++;
            }
        }
        Element whole = made.withChildren(children);
        return marks.mayRead(before) ? whole : withAttributes(whole, before);
    }

    private static int indexOf(List<Element> children, Element wanted) {
        for (int index = 0; index < children.size(); index++) {
            Element child = children.get(index);
            if (child.name().equals(wanted.name()) && child.id().equals(wanted.id())) {
                return index;
            }
        }
        return -1;
    }

    private static Element withAttributes(Element element, Element from) {
        return new Element(element.name(), from.attributes(), element.children(), from.text(), element.place());
    }

    /** Whether the whole may be changed: who may do that may also do what the configuration does not hold, such as fencing. */
    public boolean mayDoAll(Element root) {
        return Marks.of(root, permissions).mayWrite(root);
    }

    /** Whether the status of the named nodes may be changed; of all when none is named. */
    public boolean mayChangeStatus(Element root, Optional<String> node) {
        Marks marks = Marks.of(root, permissions);
        Optional<Element> status = root.child("status");
        return status.isPresent()
                && (marks.mayWrite(status.get())
                        || (node.isPresent()
                                && status.get().children("node_state").stream()
                                        .filter(state ->
                                                state.attribute("uname", "").equals(node.get()))
                                        .anyMatch(marks::mayWrite)));
    }

    /** Why a change may not be made, one for each element; none when it may. Both are whole documents. */
    public List<Problem> refusals(Element before, Element after) {
        var change = new PermittedChange(Marks.of(before, permissions), Marks.of(after, permissions));
        change.compare(before, after);
        return change.refused().stream().map(this::problem).toList();
    }

    private Problem problem(Element element) {
        return Problem.error(
                Place.NONE,
                element.label(),
                user + " may not change it" + (roles.isEmpty() ? ": no role is theirs" : ", with " + held()),
                "ask for a role with the right 'write' on it");
    }

    private String held() {
        return (roles.size() == 1 ? "role " : "roles ") + String.join(", ", roles);
    }

    /** Why something else than the configuration may not be done. */
    public Problem refusal(String what) {
        return Problem.error(
                Place.NONE,
                "",
                user + " may not " + what + (roles.isEmpty() ? ": no role is theirs" : ", with " + held()),
                "ask root, or for a role that allows it");
    }
}
