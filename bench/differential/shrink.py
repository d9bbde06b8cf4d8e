"""Makes an input that differs smaller: takes away whatever can go while it still differs in the same way."""
import copy
from xml.etree import ElementTree as ET

# First whole nodes, resources and constraints go, then whatever is left in the others.
LARGE = {"nodes", "resources", "constraints"}
DROPPABLE = {"symmetrical", "kind", "influence", "rsc-role", "with-rsc-role", "first-action", "then-action", "role",
             "require-all", "sequential", "resource-discovery", "timeout", "on-fail"}


def shrink(trees, differs, rounds=12):
    """All of them side by side, since starting a scheduler costs more than running it.

    @param trees    name to input
    @param differs  which of a list of (name, input) still differ as wanted
    @return name to an input from which nothing can be taken any more"""
    large = cut_down(trees, differs, rounds, lambda element, parent: parent.tag in LARGE)
    return cut_down(large, differs, rounds, lambda element, parent: True)


def cut_down(trees, differs, rounds, wanted):
    done, left = {}, dict(trees)
    for _ in range(rounds):
        cuts = [(name, cut) for name, tree in left.items() for cut in possible_cuts(tree, wanted)]
        answers = differs([(name, without(left[name], [cut])) for name, cut in cuts])
        alone = {name: [] for name in left}
        for (name, cut), still in zip(cuts, answers):
            if still:
                alone[name].append(cut)
        done.update({name: left.pop(name) for name, found in alone.items() if not found})
        if not left:
            break
        tried = [(name, without(left[name], part)) for name in left for part in parts(alone[name])]
        for (name, tree), still in zip(tried, differs(tried)):
            if still and size(tree) < size(left[name]):
                left[name] = tree
    return done | left


def parts(cuts):
    """Many at once where they do not depend on each other: all of them, halves, quarters, ... each."""
    found, length = [cuts], len(cuts)
    while length > 1:
        length = (length + 1) // 2
        found += [cuts[at:at + length] for at in range(0, len(cuts), length)]
    return found


def possible_cuts(tree, wanted):
    """Each single thing that could go: the number of an element, and of that the name of an attribute, or None."""
    parents = {element: parent for parent in tree.iter() for element in parent}
    cuts = []
    for number, element in enumerate(tree.iter()):
        if element not in parents or not wanted(element, parents[element]):
            continue
        if removable(element):
            cuts.append((number, None))
        if element.tag in ("rsc_colocation", "rsc_order", "rsc_location", "resource_set", "op"):
            cuts += [(number, name) for name in sorted(DROPPABLE & set(element.keys()))]
    return cuts


def without(tree, cuts):
    smaller = copy.deepcopy(tree)
    elements = list(smaller.iter())
    parents = {element: parent for parent in smaller.iter() for element in parent}
    gone = []
    for number, name in cuts:
        element = elements[number]
        if name:
            element.attrib.pop(name)
        else:
            parents[element].remove(element)
            gone.append(element)
    for element in gone:
        clean(smaller, element)
    return smaller


def removable(element):
    """Not the frame that every CIB has; a node's state goes with its node; roles need what has them."""
    return element.tag not in (
        "configuration", "crm_config", "nodes", "resources", "constraints", "status", "lrm", "lrm_resources",
        "node_state", "cluster_property_set") and element.get("name") not in ("stonith-enabled", "promotable")


def clean(tree, gone):
    """Takes out what refers to an element that is gone, and what has become empty."""
    names = {each.get("id") for each in gone.iter() if each.tag in ("primitive", "group", "clone")}
    node = gone.get("uname") if gone.tag == "node" else None

    def dead(element):
        tag = element.tag
        if tag == "lrm_resource":
            return element.get("id").split(":")[0] in names
        if tag == "node_state":
            return node is not None and element.get("uname") == node
        if tag == "nvpair" and element.get("name", "").split("#")[0].split(":")[0] in {
                f"{stem}-{name}" for name in names for stem in ("fail-count", "last-failure", "master")}:
            return True
        if tag.startswith("rsc_"):
            refers = {element.get(key) for key in ("rsc", "with-rsc", "first", "then")}
            return bool(refers & names) or node is not None and element.get("node") == node
        if tag == "resource_ref":
            return element.get("id") in names
        return False

    def empty(element):
        return len(element) == 0 and (
            element.tag in ("group", "clone", "resource_set", "rule", "meta_attributes", "instance_attributes",
                            "utilization", "operations", "transient_attributes", "rsc_defaults", "op_defaults",
                            "lrm_resource", "tickets")
            or element.tag.startswith("rsc_") and not (set(element.keys()) & {"rsc", "first"})
            or element.tag == "rsc_location" and element.get("node") is None)

    changed = True
    while changed:
        changed = False
        for parent in list(tree.iter()):
            for element in list(parent):
                if dead(element) or empty(element):
                    if element.tag in ("group", "clone"):
                        names.add(element.get("id"))
                    parent.remove(element)
                    changed = True
        for clone in tree.iter("clone"):
            if not (clone.findall("primitive") or clone.findall("group")):
                names.add(clone.get("id"))
                for part in list(clone):
                    clone.remove(part)
                changed = True
        for group in tree.iter("group"):
            if not group.findall("primitive") and len(group):
                for part in list(group):
                    group.remove(part)
                changed = True
    return tree


def size(tree):
    return len(ET.tostring(tree))
