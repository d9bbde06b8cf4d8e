"""Compares two transition graphs: which real actions, in which order, with which attributes."""
import re
from collections import Counter
from xml.etree import ElementTree as ET

KIND = re.compile(r"^(?:\S+?_)?((?:(?:pre|post)_notify_)?[a-z]+(?:_(?:to|from))?(?:_\d+)?)\b")
LEVELS = ("actions", "order", "detail")


class Graph:
    """Real actions under names that mean the same on both sides, and which of them come before which."""

    def __init__(self, file):
        root = ET.parse(file).getroot()
        names, inputs, self.attributes = {}, {}, {}
        seen = Counter()
        for synapse in root.iter("synapse"):
            wanted = [trigger.get("id") for trigger in synapse.findall("inputs/trigger/*")]
            for action in synapse.findall("action_set/*"):
                name = self.name(action)
                seen[name] += 1
                name = name if seen[name] == 1 else f"{name} ({seen[name]})"
                names[action.get("id")] = name
                inputs[name] = wanted
                if action.tag != "pseudo_event":
                    found = action.find("attributes")
                    self.attributes[name] = {k: v for k, v in (found.attrib if found is not None else {}).items()
                                             if k != "crm_feature_set"}
        self.actions = set(self.attributes)
        self.before = self.reach({name: [names[i] for i in ids if i in names] for name, ids in inputs.items()})

    @staticmethod
    def name(action):
        if action.tag == "pseudo_event":
            return f"pseudo {action.get('operation_key')}"
        if action.tag == "crm_event":
            how = action.find("attributes")
            how = how.get("stonith_action") if how is not None else None
            return " ".join(filter(None, [action.get("operation"), how, action.get("on_node")]))
        return f"{action.get('operation_key')} {action.get('on_node')}"

    @staticmethod
    def reach(direct):
        """For each action everything that comes before it, through whatever lies between; a circle is passed once."""
        reached = {}
        for name in direct:
            found, left = set(), list(direct[name])
            while left:
                each = left.pop()
                if each not in found:
                    found.add(each)
                    left.extend(direct[each])
            reached[name] = found
        return reached

    def orders(self):
        return {(first, then) for then in self.actions for first in self.before[then] & self.actions}


class Comparison:
    """@ivar level  the first level that does not hold, None when all hold
    @ivar missing  what the reference has and we have not; @ivar added  the other way round
    @ivar reference  all real actions of the reference; @ivar ours  all of ours"""

    def __init__(self, reference, ours):
        self.level, self.missing, self.added = None, [], []
        self.reference, self.ours = reference.actions, ours.actions
        for level, one, other in (
                ("actions", reference.actions, ours.actions),
                ("order", reference.orders(), ours.orders()),
                ("detail", self.details(reference), self.details(ours))):
            if one != other:
                self.level = level
                self.missing = sorted(self.text(item) for item in one - other)
                self.added = sorted(self.text(item) for item in other - one)
                return

    @staticmethod
    def details(graph):
        return {(name, f"{key}={value}") for name, attributes in graph.attributes.items()
                for key, value in attributes.items()}

    @staticmethod
    def text(item):
        return item if isinstance(item, str) else " -> ".join(item)

    def kinds(self):
        """Which kinds of actions are missing or too many, without the names of resources and nodes."""
        return {f"{side}{KIND.search(line).group(1)}"
                for side, lines in (("-", self.missing), ("+", self.added)) for line in lines}

    def holds(self, level):
        return self.level is None or LEVELS.index(level) < LEVELS.index(self.level)

    def lines(self):
        return [f"only theirs: {line}" for line in self.missing] + [f"only ours:   {line}" for line in self.added]
