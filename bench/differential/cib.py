"""Small helpers for writing a CIB, and what is known of one while it is drawn."""
import hashlib
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr


def child(parent, tag, values=None, **attributes):
    return ET.SubElement(parent, tag, {**attributes, **(values or {})})


def nvpairs(parent, tag, name, values):
    holder = child(parent, tag, id=name)
    for key, value in values.items():
        child(holder, "nvpair", id=f"{name}-{key}".replace("#", "."), name=key, value=str(value))
    return holder


def meta(element, name, values):
    if values:
        nvpairs(element, "meta_attributes", f"{name}-meta", values)


def operation(parent, resource, name, interval, values):
    """Configures an operation, and remembers it for the histories."""
    number = len(resource.operations)
    child(parent, "op", values, id=f"{resource.id}-op{number}", name=name, interval=f"{interval}s")
    resource.operations.append({"name": name, "interval": interval, **values})


def digest(parameters):
    """The digest that histories keep of an operation's parameters."""
    text = "".join(f" {name}={quoteattr(value)}" for name, value in sorted(parameters.items()))
    return hashlib.md5(f" <parameters{text}/>\n".encode()).hexdigest()


class Plan:
    """What one seed has drawn so far."""

    def __init__(self, rng, features):
        self.rng, self.features = rng, features
        self.nodes, self.node_elements = [], {}
        self.conditions, self.attributes = {}, {}
        self.top = []
        self.ticket = False
        self.default_timeout = 20000
        self.counts = {}

    def name(self, stem):
        self.counts[stem] = self.counts.get(stem, 0) + 1
        return f"{stem}{self.counts[stem]}"


class Resource:
    def __init__(self, name, kind):
        self.id, self.kind = name, kind
        self.members, self.parent = [], None
        self.fence_device = self.stateful = self.promotable = False
        self.settings, self.parameters, self.operations = {}, {}, []
        self.element = None

    def add(self, member):
        member.parent = self
        self.members.append(member)

    def primitives(self):
        return [self] if self.kind == "primitive" else [p for member in self.members for p in member.primitives()]

    def unique(self):
        return self.settings.get("globally-unique") == "true"
