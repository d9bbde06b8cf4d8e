"""Names the cause of a difference, and which side is right about it."""
import re
from dataclasses import dataclass

NUMBER = re.compile(r":\d+(?=_)")
REPEATED = re.compile(r" \(\d+\)$")


@dataclass(frozen=True)
class Cause:
    name: str
    right: str
    known: bool = True


NUMBERS = Cause("instances of a clone are numbered otherwise", "both; which number an instance has is free")
COLOCATION_CIRCLE = Cause("colocations in a circle: who is placed first", "neither; the configuration contradicts itself")
ORDER_CIRCLE = Cause("orderings in a circle: which of them is given up", "neither; the configuration contradicts itself")
CAPACITY = Cause("capacity is scarce: in which order resources are placed", "not judged; the newest cases hold with ours")
FENCE_ATTRIBUTES = Cause("fencing carries the attributes of its node", "ours; the newest cases do not carry them")
ON_FAIL_OF_STOP = Cause("a stop with on-fail=stop carries it", "ours; it means nothing for a stop, and counts as not given")
ONE_FENCING_AT_A_TIME = Cause("one fencing waits for another", "ours; concurrent fencing is the newest default")


def cause(tree, comparison):
    """The first known cause that explains a difference, or else only by which kinds of actions it shows."""
    lines = comparison.missing + comparison.added
    if comparison.level == "detail":
        if all(line.startswith("stonith ") for line in lines):
            return FENCE_ATTRIBUTES
        if all("on_fail=stop" in line for line in lines):
            return ON_FAIL_OF_STOP
    if comparison.level == "order" and not comparison.added and is_about_fencing(comparison.missing):
        return ONE_FENCING_AT_A_TIME
    if plain(comparison.missing) == plain(comparison.added) or all("CRM_meta_clone=" in line for line in lines):
        return NUMBERS
    if has_circle(edges(tree, "rsc_colocation", ("rsc", "with-rsc"))):
        return COLOCATION_CIRCLE
    if has_circle(edges(tree, "rsc_order", ("first", "then"))):
        return ORDER_CIRCLE
    if option(tree, "placement-strategy") not in ("", "default"):
        return CAPACITY
    return Cause(" ".join(sorted(comparison.kinds()))[:100], "not judged", False)


def is_about_fencing(lines):
    """Whether one of them says that a fencing waits for another, and the rest follows from that."""
    return any(len(re.findall(r"\bstonith\b", line)) == 2 for line in lines) and all("stonith" in line for line in lines)


def plain(lines):
    """Without the numbers of instances."""
    return sorted(REPEATED.sub("", NUMBER.sub("", line)) for line in lines)


def option(tree, name):
    return next((pair.get("value") for pair in tree.iter("nvpair") if pair.get("name") == name), "")


def edges(tree, element, ends):
    """What a kind of constraint says of whole resources, those in a set among each other included."""
    whole = {inner.get("id"): top.get("id") for top in tree.find(".//resources") for inner in top.iter()}
    found = {}
    for constraint in tree.iter(element):
        pairs = [tuple(constraint.get(end) for end in ends)]
        members = [reference.get("id") for reference in constraint.iter("resource_ref")]
        pairs += list(zip(members, members[1:])) if element == "rsc_order" else list(zip(members[1:], members))
        for one, other in pairs:
            one, other = whole.get(one), whole.get(other)
            if one and other and one != other:
                found.setdefault(one, set()).add(other)
    return found


def has_circle(found):
    for start in found:
        seen, left = set(), list(found[start])
        while left:
            each = left.pop()
            if each == start:
                return True
            if each not in seen:
                seen.add(each)
                left.extend(found.get(each, ()))
    return False
