"""Names the cause of a difference, and which side is right about it."""
import re
from collections import Counter
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
EQUAL_ROOM = Cause("nodes have as much room, and what has to be together fits on none of them",
                   "both; theirs takes whichever its table of nodes happens to name first")
FENCE_ATTRIBUTES = Cause("fencing carries the attributes of its node", "ours; the newest cases do not carry them")
ON_FAIL_OF_STOP = Cause("a stop with on-fail=stop carries it", "ours; it means nothing for a stop, and counts as not given")
ONE_FENCING_AT_A_TIME = Cause("one fencing waits for another", "ours; concurrent fencing is the newest default")

TWICE = Cause("the same action is asked for twice", "ours; one instance that is numbered twice would be two on one node")
WAITS_FOR_ITSELF = Cause("an action waits for itself", "ours; it would never be done")
JOINED_TWICE = Cause("two resources are joined by a must and by a wish: which is applied first",
                     "ours; theirs depends on the order of the two elements")
FULL_CLONE = Cause("a wish of or for a clone that has as many instances as there are nodes",
                   "ours; newer sources let every colocation of a clone count for its instances")
SHUFFLED = Cause("an instance leaves a node and another one of its clone comes there",
                 "ours; the newest cases clone-recover-no-shuffle-* let instances stay")
NOT_MANDATORY = Cause("require-all of an order that is not mandatory", "ours; such an order never keeps anything from being done")
REMOVED_AND_FAILED = Cause("what is known of a removed resource that failed is deleted one transition later",
                           "both; once it is stopped it is forgotten")
AVAILABLE = Cause("which nodes agents are told are available, in an opt-in cluster",
                  "ours; theirs counts a node that nobody opted in, once a failure there has ruled it out")
CROWDED = Cause("a node gets more instances of a clone than it may have",
                "ours; clone-node-max says how many, and what could not be stopped counts")
CHANGED_AND_MOVED = Cause("what migrates although its parameters changed",
                          "ours; it would go on with the old ones, and the change be forgotten")
WAITS_FOR_PROBE = Cause("a promotion, migration or stop waits for a probe of another instance",
                        "ours; an instance of which nothing is known may be promoted there already")
DEMOTED_PARTLY = Cause("a cloned group of which only a part runs is demoted",
                       "ours; who waits for it waits. Theirs may promote another before this one has been demoted")
IN_SERIES = Cause("an ordered clone in which one instance stays as it is, or a set of orderings that is sequential by name",
                  "ours; they go in series, whoever is in between")
UNDER_WAY = Cause("a start under way waits for a stop elsewhere in the clone", "both; it is under way already")
TOLD_OF_FENCING = Cause("an instance that stops or restarts is told of a fencing, or only of that",
                        "ours; it is told when it has started, and of all that stops")
INFINITE_PROMOTION = Cause("promotion scores of a cloned group's members, one infinite and one negative",
                           "ours; infinite and something is infinite, and stays it")
ORDERED_TWICE = Cause("two resources are ordered twice, once only optionally", "ours; in theirs the first of the two decides")
EXCLUSIVE_MEMBER = Cause("resource-discovery=exclusive for a member of a group", "ours; theirs looks at whole resources alone")
SOME_GROUPS = Cause("some instances of a cloned group are enough",
                    "ours; a group is up when all of it is, theirs takes one that begins for one that runs")
ACTIVE_TWICE = Cause("what is also active on a lost node stops on a live one", "both; it starts only after both")
STOPPED_ROLE = Cause("a monitor of the stopped role waits for the probe there", "ours; it may run there, and is to be found first")
SIBLING_DEMOTED = Cause("a stop waits for the demotion of another instance", "both; they are independent")
MIGRATING_INSTANCE = Cause("what is ordered after a clone whose instance migrates", "ours; it stays up all the time")
PROMOTED_AGAIN = Cause("a promoted instance restarts for what it is ordered after",
                       "ours; it is promoted again at once, in theirs one transition later")
SEVERAL_COLOCATIONS = Cause("a wish over several colocations, some of them weak", "ours; the newest case colocation-vs-stickiness")
ENDED_ANYWAY = Cause("a repeated operation is ended before its resource stops", "both; the stop ends it anyway")
BLOCKED_MEMBER = Cause("nodes of the same score, and a member whose stop is blocked is on one of them",
                       "ours; it is there, and takes room")
PROMOTED_WITH_STOPPED = Cause("what has to be promoted with a clone that stops",
                              "ours; theirs leaves it promoted alone while a node shuts down, and demotes it when none does")
MUST_FIRST = Cause("a dependent has to be with one and would like to be with another",
                   "ours; what must be comes first. In theirs the names of the primaries decide, rename them and both agree")


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
    return (by_lines(tree, comparison) or by_constraints(tree, comparison) or by_status(tree, comparison)
            or by_resources(tree, comparison) or Cause(" ".join(sorted(comparison.kinds()))[:100], "not judged", False))


def by_lines(tree, comparison):
    """The cause that the differing lines themselves show."""
    lines = comparison.missing + comparison.added
    if any(REPEATED.search(line) for line in comparison.missing):
        return TWICE
    if is_crowded(tree, comparison.reference) and not is_crowded(tree, comparison.ours):
        return CROWDED
    if comparison.missing and all("_migrate_" in line for line in comparison.missing) and all("_start_0 " in line for line in comparison.added):
        return CHANGED_AND_MOVED
    if comparison.level == "actions" and not comparison.added and all(is_ended_by_stop(line, comparison.ours) for line in comparison.missing):
        return ENDED_ANYWAY
    if is_shuffle(comparison):
        return SHUFFLED
    if comparison.level == "order" and any(len(set(line.split(" -> "))) == 1 for line in comparison.missing):
        return WAITS_FOR_ITSELF
    if not comparison.missing and all("_delete_0 " in line for line in lines):
        return REMOVED_AND_FAILED
    if option(tree, "symmetric-cluster") == "false" and all("CRM_meta_notify_available_uname=" in line for line in lines):
        return AVAILABLE
    return None


def is_shuffle(comparison):
    """Whether theirs stops and starts in the same places, under whichever numbers, and both agree otherwise."""
    def changes(lines):
        return Counter(line for line in plain(lines) if "_monitor_" not in line)

    theirs, ours = changes(comparison.missing), changes(comparison.added)
    rest = theirs - ours
    moved = {line.replace("_stop_0 ", "_start_0 ") for line in rest}
    return bool(rest) and not ours - theirs and all("_start_0 " in line for line in moved) and len(moved) * 2 == rest.total()


def is_ended_by_stop(line, ours):
    """Whether it is the end of a repeated operation, where ours stops the same instance on the same node."""
    repeated = re.fullmatch(r"(\S+)_monitor_[1-9]\d* (\S+)", line)
    return repeated is not None and f"{repeated[1]}_stop_0 {repeated[2]}" in ours


def by_status(tree, comparison):
    """The cause that the kinds of lines suggest, with what nodes remember of the resources in them."""
    lines = comparison.missing + comparison.added
    if comparison.level == "order" and not comparison.added:
        stops = [re.fullmatch(r"stonith (\S+) -> (\S+?)(?::\d+)?_(?:stop_0|monitor_[1-9]\d*) \S+", line) for line in lines]
        if all(stop and stop[2] in remembered(tree, stop[1]) for stop in stops):
            return ACTIVE_TWICE
    if comparison.level == "order" and not comparison.missing:
        waits = [re.fullmatch(r"(\S+?)(?::\d+)?_(\S+) \S+ -> (\S+?)(?::\d+)?_(\S+) \S+", line) for line in lines]
        stopped = {part.get("id") for part in tree.iter("primitive") for each in part.iter("op") if each.get("role") == "Stopped"}
        if all(wait and wait[2] == "monitor_0" and wait[4].startswith("monitor_") and wait[1] == wait[3] and wait[1] in stopped for wait in waits):
            return STOPPED_ROLE
        if all(wait and (wait[2] == "demote_0" or wait[2].startswith("monitor_")) and wait[4] == "stop_0" and wait[1] == wait[3] for wait in waits):
            return SIBLING_DEMOTED
    return None


def remembered(tree, node):
    """The resources that a node has a history of."""
    return {history.get("id").split(":")[0] for state in tree.iter("node_state") if state.get("uname") == node
            for history in state.iter("lrm_resource")}


def by_resources(tree, comparison):
    """The cause that the kinds of lines suggest, with a resource or a status that is such."""
    lines, clones = comparison.missing + comparison.added, list(tree.iter("clone"))
    promotable = [clone for clone in clones if meta(clone, "promotable") == "true"]
    if comparison.level == "order" and not comparison.missing:
        if any("_demote_0 " in line.split(" -> ")[0] for line in lines) and any(clone.find("group") is not None for clone in promotable):
            return DEMOTED_PARTLY
        if all("_monitor_0 " in line.split(" -> ")[0] for line in lines) and clones:
            return WAITS_FOR_PROBE
        series = any(meta(clone, "ordered") == "true" for clone in clones)
        series |= any(each.get("sequential") == "true" for each in tree.findall(".//rsc_order/resource_set"))
        if series and all(re.search(r"_(start|promote|stop)_0 ", line.split(" -> ")[0]) for line in lines):
            return IN_SERIES
    if comparison.level == "order" and not comparison.added and all("_stop_0 " in line.split(" -> ")[0] for line in lines):
        if any(record.get("op-status") == "-1" and record.get("operation") == "start" for record in tree.iter("lrm_rsc_op")):
            return UNDER_WAY
    if comparison.missing and all("_post_notify_stop_0 " in line or "CRM_meta_notify_stop_" in line for line in lines):
        return TOLD_OF_FENCING
    if comparison.level == "actions" and not comparison.missing and all("_promote_0 " in line for line in lines) and promotable:
        if any(order.get("then") in {clone.get("id") for clone in promotable} for order in tree.iter("rsc_order")):
            return PROMOTED_AGAIN
    disabled = {clone.get("id") for clone in clones if meta(clone, "target-role") == "Stopped"}
    if comparison.level == "actions" and not comparison.missing and all("_demote_0 " in line for line in lines):
        with_disabled = [parts(tree, each.get("rsc")) for each in tree.iter("rsc_colocation") if each.get("with-rsc") in disabled
                         and each.get("rsc-role") == "Promoted" and each.get("score") == "INFINITY"]
        if {re.match(r"[^:_]+", line).group() for line in lines} <= set().union(*with_disabled):
            return PROMOTED_WITH_STOPPED
    if comparison.level == "actions" and without_nodes(comparison.missing) == without_nodes(comparison.added):
        if nodes_of(comparison.missing) <= blocked(tree) and not nodes_of(comparison.added) & blocked(tree):
            return BLOCKED_MEMBER
    promotions = {pair.get("value") for pair in tree.iter("nvpair") if pair.get("name", "").startswith("master-")}
    if {"INFINITY", "-1"} <= promotions and all(any("_promote_0 " in line for line in part) for part in (comparison.missing, comparison.added)):
        if any(clone.find("group") is not None for clone in promotable):
            return INFINITE_PROMOTION
    return None


def without_nodes(lines):
    return sorted(line.split(" ")[0] for line in lines)


def nodes_of(lines):
    return {line.split(" ")[1] for line in lines}


def blocked(tree):
    """The nodes on which a member of a group could not be stopped."""
    members = {part.get("id") for group in tree.iter("group") for part in group.findall("primitive")}
    return {state.get("uname") for state in tree.iter("node_state") for history in state.iter("lrm_resource")
            for record in history.iter("lrm_rsc_op")
            if history.get("id") in members and record.get("operation") == "stop" and record.get("rc-code") != "0"}


def meta(resource, name):
    return next((pair.get("value") for pair in resource.findall("meta_attributes/nvpair") if pair.get("name") == name), "")


def by_constraints(tree, comparison):
    """The cause that a constraint about what differs suggests."""
    differing = {re.match(r"(?:pseudo )?([a-z]+\d+)", part).group(1) for line in comparison.missing + comparison.added
                 for part in line.split(" -> ") if re.match(r"(?:pseudo )?[a-z]+\d+", part)}
    if not comparison.missing and any(order.get("require-all") == "false" and order.get("kind") in ("Optional", "Serialize")
                                           for order in tree.iter("rsc_order")):
        return NOT_MANDATORY
    kinds = {}
    for order in tree.iter("rsc_order"):
        kinds.setdefault((order.get("first"), order.get("then")), set()).add(order.get("kind", "Mandatory"))
    if any(pair != (None, None) and "Mandatory" in found and len(found) > 1 for pair, found in kinds.items()):
        return ORDERED_TWICE
    whole = by_wholes(tree, comparison, differing)
    if whole:
        return whole
    pairs = {}
    for colocation in tree.iter("rsc_colocation"):
        pairs.setdefault((colocation.get("rsc"), colocation.get("with-rsc")), []).append(colocation.get("score", ""))
    if any(pair != (None, None) and len({score.endswith("INFINITY") for score in scores}) > 1 for pair, scores in pairs.items()):
        return JOINED_TWICE
    wanted = {}
    for (rsc, other), scores in pairs.items():
        for score in scores:
            wanted.setdefault(rsc, {}).setdefault(score.endswith("INFINITY"), set()).add(other)
    if comparison.level == "actions" and any(whole and len(kinds) == 2 and differing & parts(tree, whole) for whole, kinds in wanted.items()):
        return MUST_FIRST
    if comparison.level == "actions" and all(re.search(r"_(start_0|stop_0|monitor_[1-9]\d*) ", line) for line in comparison.missing + comparison.added):
        weak = {other for (rsc, other), scores in pairs.items() for behind in pairs if behind[1] == rsc
                if any(not score.endswith("INFINITY") for score in scores + pairs[behind])}
        if differing and differing <= weak:
            return SEVERAL_COLOCATIONS
    full = {clone.get("id"): {inner.get("id") for inner in clone.iter("primitive")} for clone in tree.iter("clone") if is_full(tree, clone)}
    places = all(any("_start_0 " in line for line in lines) for lines in (comparison.missing, comparison.added))
    for (rsc, other), scores in pairs.items():
        if places and any(not score.endswith("INFINITY") and not score.startswith("-") for score in scores):
            if any(differing & full[end] for end in (rsc, other) if end in full):
                return FULL_CLONE
    return None


def by_wholes(tree, comparison, differing):
    """The cause that a constraint on a clone or on a member of a group suggests."""
    actions = comparison.level == "actions"
    for clone in tree.iter("clone"):
        orders = [order for order in tree.iter("rsc_order") if order.get("first") == clone.get("id")]
        some = meta(clone, "clone-min") not in ("", "0") or any(order.get("require-all") == "false" for order in orders)
        after = set().union(*(parts(tree, order.get("then")) for order in orders))
        begun = actions or all("_start_0 " in line.split(" -> ")[0] for line in comparison.missing + comparison.added)
        if clone.find("group") is not None and some and begun and differing & after:
            return SOME_GROUPS
        migrates = any(meta(part, "allow-migrate") == "true" for part in clone.iter("primitive")) or meta(clone, "allow-migrate") == "true"
        if actions and not comparison.added and migrates and differing <= after and any("_migrate_to_" in line for line in comparison.ours):
            return MIGRATING_INSTANCE
    for group in tree.iter("group"):
        members = [member.get("id") for member in group.findall("primitive")]
        exclusive = {each.get("rsc") for each in tree.iter("rsc_location") if each.get("resource-discovery") == "exclusive"}
        if actions and not comparison.added and exclusive & set(members) & differing:
            return EXCLUSIVE_MEMBER
    if actions and option(tree, "placement-strategy") in ("utilization", "balanced"):
        if without_nodes(comparison.missing) == without_nodes(comparison.added) and comparison.missing:
            return EQUAL_ROOM
    return None


def parts(tree, name):
    """The primitives in a resource, itself included."""
    return {inner.get("id") for top in tree.find(".//resources").iter() if top.get("id") == name for inner in top.iter("primitive")}


def is_crowded(tree, actions):
    """Whether a node has more instances of a clone once these actions are done than it may have."""
    for clone in tree.iter("clone"):
        meta = {pair.get("name"): pair.get("value") for pair in clone.findall("meta_attributes/nvpair")}
        for primitive in clone.iter("primitive"):
            for node in tree.findall(".//nodes/node"):
                if instances(tree, primitive.get("id"), node, actions) > int(meta.get("clone-node-max", "1")):
                    return True
    return False


def instances(tree, name, node, actions):
    """How many instances of a primitive a node has after these actions."""
    def count(task):
        key = re.compile(rf"{name}(:\d+)?_{task}_0 {node.get('uname')}( \(\d+\))?")
        return sum(key.fullmatch(action) is not None for action in actions)

    histories = [history for state in tree.iter("node_state") if state.get("uname") == node.get("uname")
                 for history in state.iter("lrm_resource") if re.fullmatch(rf"{name}(:\d+)?", history.get("id"))]
    return sum(map(is_active, histories)) - count("stop") + count("start")


def is_active(history):
    """Whether a resource was active when its node last said something about it that changes that."""
    active = False
    for record in sorted(history.iter("lrm_rsc_op"), key=lambda each: int(each.get("call-id", "0"))):
        result = record.get("rc-code")
        match record.get("operation"):
            case "stop":
                active = result != "0"
            case "monitor":
                active = result in ("0", "8") or (active and result != "7")
            case "start" | "promote" | "demote" | "migrate_from":
                active = True
    return active


def is_full(tree, clone):
    """Whether it has an instance for every node."""
    wanted = next((pair.get("value") for pair in clone.findall("meta_attributes/nvpair") if pair.get("name") == "clone-max"), "1000")
    return int(wanted) >= len(tree.findall(".//nodes/node"))


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
