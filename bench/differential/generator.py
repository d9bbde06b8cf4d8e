"""Draws configurations: one seed, one small CIB that uses only some of what a cluster can be told."""
import random
from xml.etree import ElementTree as ET

import history
from cib import Plan, Resource, child, meta, nvpairs, operation

NOW = 1700000000
SCORES = ["INFINITY", "-INFINITY", "100", "200", "50", "-100", "1"]

# How often a seed draws each feature, of 100. What nearly every cluster has comes often.
FEATURES = {
    "fencing": 55, "monitors": 75, "group": 35, "clone": 30, "promotable": 22, "location": 40, "rule": 12,
    "colocation": 40, "colocation-set": 10, "order": 40, "order-set": 10, "stickiness": 35, "threshold": 20,
    "failures": 35, "on-fail": 15, "standby": 18, "offline": 18, "unclean": 15, "maintenance": 8, "target-role": 15,
    "unmanaged": 8, "utilization": 10, "ticket": 8, "migration": 12, "notify": 12, "parameters": 12, "priority": 12,
    "asymmetric": 6, "no-quorum": 6, "removed": 8, "pending": 8, "leaving": 6, "twice": 5, "timeouts": 15,
    "fresh": 18, "clone-options": 60, "cluster-options": 12, "discovery": 5,
}


def generate(seed):
    """@return the CIB of a seed, as an element"""
    rng = random.Random(f"ringfence {seed}")
    features = {name for name, share in FEATURES.items() if rng.randrange(100) < share}
    plan = Plan(rng, features)
    cib = ET.Element("cib", {
        "admin_epoch": "0", "epoch": "1", "num_updates": "0", "validate-with": "pacemaker-3.9",
        "crm_feature_set": "3.16.2", "have-quorum": "0" if "no-quorum" in features else "1",
        "execution-date": str(NOW)})
    configuration = child(cib, "configuration")
    options = child(configuration, "crm_config")
    draw_nodes(plan, child(configuration, "nodes"))
    draw_resources(plan, child(configuration, "resources"))
    draw_constraints(plan, child(configuration, "constraints"))
    draw_options(plan, options)
    draw_defaults(plan, configuration)
    history.draw(plan, child(cib, "status"), NOW)
    return cib


def draw_options(plan, parent):
    rng, features = plan.rng, plan.features
    values = {"stonith-enabled": "true" if "fencing" in features else "false"}
    if "asymmetric" in features:
        values["symmetric-cluster"] = "false"
    if "no-quorum" in features:
        values["no-quorum-policy"] = rng.choice(["stop", "freeze", "ignore", "demote", "suicide"])
    if "utilization" in features:
        values["placement-strategy"] = rng.choice(["utilization", "balanced", "minimal", "default"])
    if "maintenance" in features and rng.random() < 0.3:
        values["maintenance-mode"] = "true"
    if "cluster-options" in features:
        name, choices = rng.choice([
            ("start-failure-is-fatal", ["false"]), ("stop-all-resources", ["true"]), ("stonith-action", ["off"]),
            ("startup-fencing", ["false"]), ("stop-orphan-resources", ["false"]), ("stop-orphan-actions", ["false"]),
            ("enable-startup-probes", ["false"]), ("concurrent-fencing", ["true", "false"]),
            ("priority-fencing-delay", ["10s"]), ("node-health-strategy", ["migrate-on-red"])])
        values[name] = rng.choice(choices)
    nvpairs(parent, "cluster_property_set", "options", values)


def draw_defaults(plan, configuration):
    rng = plan.rng
    if "stickiness" in plan.features:
        defaults = child(configuration, "rsc_defaults")
        nvpairs(defaults, "meta_attributes", "rsc-defaults",
                {"resource-stickiness": rng.choice(["1", "100", "INFINITY", "1000"])})
    if "timeouts" in plan.features and rng.random() < 0.3:
        nvpairs(child(configuration, "op_defaults"), "meta_attributes", "op-defaults", {"timeout": "40s"})
        plan.default_timeout = 40000


def draw_nodes(plan, parent):
    rng = plan.rng
    for number in range(1, rng.choice([2, 2, 3, 3, 3, 4, 5]) + 1):
        name = f"node{number}"
        plan.nodes.append(name)
        node = child(parent, "node", id=str(number), uname=name)
        attributes = {}
        if "rule" in plan.features and rng.random() < 0.6:
            attributes["rack"] = rng.choice(["1", "2"])
        if "utilization" in plan.features:
            nvpairs(node, "utilization", f"{name}-capacity",
                    {"cpu": rng.randint(1, 6), **({"memory": rng.choice([256, 1024])} if rng.random() < 0.4 else {})})
        plan.attributes[name] = attributes
        plan.node_elements[name] = node
    draw_conditions(plan)
    for name, attributes in plan.attributes.items():
        if attributes:
            nvpairs(plan.node_elements[name], "instance_attributes", f"{name}-attributes", attributes)


def draw_conditions(plan):
    """In which condition each node is; one at least is well."""
    rng = plan.rng
    spare = rng.sample(plan.nodes, len(plan.nodes))[1:]
    for condition in ("unclean", "offline", "standby", "leaving", "fresh"):
        if condition in plan.features and spare:
            plan.conditions[spare.pop()] = condition
    for name, condition in plan.conditions.items():
        if condition == "standby":
            plan.attributes[name]["standby"] = "on"
    if "maintenance" in plan.features and rng.random() < 0.5:
        plan.attributes[rng.choice(plan.nodes)]["maintenance"] = "true"


def draw_resources(plan, parent):
    rng, features = plan.rng, plan.features
    if "fencing" in features:
        device = Resource("fencing", "primitive")
        device.fence_device = True
        device.element = child(parent, "primitive", {"class": "stonith"}, id="fencing", type="fence_x")
        plan.top.append(device)
    room = rng.choice([1, 2, 2, 3, 3, 4, 5, 6, 8])
    kinds = [kind for kind in ("group", "clone", "promotable") if kind in features]
    while room > 0:
        kind = rng.choice([*kinds, *kinds, "primitive"]) if kinds else "primitive"
        resource = {"primitive": draw_primitive, "group": draw_group, "clone": draw_clone,
                    "promotable": draw_promotable}[kind](plan, parent)
        plan.top.append(resource)
        room -= max(1, len(resource.primitives()))


def draw_primitive(plan, parent, stateful=False, inside=None):
    rng, features = plan.rng, plan.features
    resource = Resource(plan.name("r"), "primitive")
    resource.stateful = stateful
    resource.element = child(parent, "primitive", {"class": "ocf"}, id=resource.id, provider="pacemaker",
                             type="Stateful" if stateful else "Dummy")
    settings = {}
    if inside is None:
        settings.update(draw_settings(plan))
    if "migration" in features and not stateful and rng.random() < 0.6:
        settings["allow-migrate"] = "true"
    if "threshold" in features and rng.random() < 0.6:
        settings["migration-threshold"] = rng.choice(["1", "2", "3"])
        if rng.random() < 0.3:
            settings["failure-timeout"] = rng.choice(["60s", "3600s"])
    if "twice" in features and rng.random() < 0.5:
        settings["multiple-active"] = rng.choice(["stop_start", "stop_only", "block", "stop_unexpected"])
    if "parameters" in features and rng.random() < 0.6:
        resource.parameters = {"state": "/run/s", "fake": rng.choice(["a", "b"])}
        nvpairs(resource.element, "instance_attributes", f"{resource.id}-parameters", resource.parameters)
    resource.settings = settings
    meta(resource.element, resource.id, settings)
    if "utilization" in features:
        nvpairs(resource.element, "utilization", f"{resource.id}-utilization", {"cpu": rng.randint(1, 3)})
    draw_operations(plan, resource)
    return resource


def draw_settings(plan):
    rng, features, settings = plan.rng, plan.features, {}
    if "target-role" in features and rng.random() < 0.4:
        settings["target-role"] = rng.choice(["Stopped", "Stopped", "Started"])
    if "unmanaged" in features and rng.random() < 0.4:
        settings["is-managed"] = "false"
    if "maintenance" in features and rng.random() < 0.2:
        settings["maintenance"] = "true"
    if "priority" in features and rng.random() < 0.5:
        settings["priority"] = rng.choice(["1", "5", "10"])
    if "stickiness" in features and rng.random() < 0.2:
        settings["resource-stickiness"] = rng.choice(["0", "10", "INFINITY", "-10"])
    return settings


def draw_operations(plan, resource):
    rng, features = plan.rng, plan.features
    parent = ET.Element("operations")
    failing = "on-fail" in features

    def monitor(interval, role=None):
        values = {}
        if "timeouts" in features and rng.random() < 0.5:
            values["timeout"] = "30s"
        if failing and rng.random() < 0.6:
            values["on-fail"] = rng.choice(["ignore", "block", "stop", "restart", "standby", "fence"]
                                           + (["demote"] if role == "Promoted" else []))
            if values["on-fail"] == "fence" and "fencing" not in features:
                values["on-fail"] = "restart"
        if role:
            values["role"] = role
        operation(parent, resource, "monitor", interval, values)

    if "monitors" in features and rng.random() < 0.85:
        if resource.stateful:
            monitor(10, "Promoted")
            monitor(11, "Unpromoted")
        else:
            monitor(10)
            if rng.random() < 0.06:
                monitor(20, "Stopped")
    if "timeouts" in features and rng.random() < 0.5:
        operation(parent, resource, "start", 0, {"timeout": "60s"})
    if failing and rng.random() < 0.5:
        choices = ["block", "ignore", "stop"] + (["fence"] if "fencing" in features else [])
        name = rng.choice(["start", "stop"] + (["promote", "demote"] if resource.stateful else []))
        if not any(op["name"] == name for op in resource.operations):
            operation(parent, resource, name, 0, {"on-fail": rng.choice(choices)})
    if len(parent):
        resource.element.append(parent)


def draw_group(plan, parent, inside=None, stateful=False):
    rng = plan.rng
    group = Resource(plan.name("g"), "group")
    group.element = child(parent, "group", id=group.id)
    if inside is None:
        group.settings = draw_settings(plan)
    meta(group.element, group.id, group.settings)
    for _ in range(rng.choice([1, 2, 2, 3])):
        member = draw_primitive(plan, group.element, inside="group", stateful=stateful)
        group.add(member)
    return group


def draw_clone(plan, parent, promotable=False):
    rng, features = plan.rng, plan.features
    clone = Resource(plan.name("c"), "clone")
    clone.promotable = promotable
    clone.element = child(parent, "clone", id=clone.id)
    settings = draw_settings(plan)
    if "clone-options" in features:
        for name, values, share in (("interleave", ["true"], 0.5), ("ordered", ["true"], 0.2),
                                    ("globally-unique", ["true"], 0.1), ("clone-min", ["1", "2"], 0.15),
                                    ("clone-max", ["1", "2", "3"], 0.25)):
            if rng.random() < share:
                settings[name] = rng.choice(values)
        if settings.get("globally-unique") and rng.random() < 0.7:
            settings["clone-node-max"] = rng.choice(["1", "2", "3"])
    if "notify" in features and rng.random() < 0.7:
        settings["notify"] = "true"
    if promotable:
        settings["promotable"] = "true"
        if rng.random() < 0.2:
            settings["promoted-max"] = "2"
        if settings.get("target-role") == "Started" and rng.random() < 0.5:
            settings["target-role"] = "Unpromoted"
    clone.settings = settings
    meta(clone.element, clone.id, settings)
    if rng.random() < 0.25:
        clone.add(draw_group(plan, clone.element, inside="clone", stateful=promotable))
    else:
        clone.add(draw_primitive(plan, clone.element, inside="clone", stateful=promotable))
    return clone


def draw_promotable(plan, parent):
    return draw_clone(plan, parent, promotable=True)


def draw_constraints(plan, parent):
    rng, features = plan.rng, plan.features
    everything = [resource for resource in plan.top if not resource.fence_device] or plan.top
    reachable = everything + [member for resource in everything if resource.kind == "group"
                              for member in resource.members if rng.random() < 0.15]
    few = lambda: range(rng.choice([1, 1, 2, 3]))
    if "location" in features or "asymmetric" in features:
        for _ in few():
            draw_location(plan, parent, rng.choice(reachable))
    if "asymmetric" in features:
        for resource in plan.top:
            for node in rng.sample(plan.nodes, rng.randint(1, len(plan.nodes))):
                child(parent, "rsc_location", id=plan.name("allow"), rsc=resource.id, node=node, score="10")
    if "rule" in features:
        draw_rule(plan, parent, rng.choice(reachable))
    if len(everything) > 1:
        if "colocation" in features:
            for _ in few():
                draw_colocation(plan, parent, *draw_pair(plan, reachable))
        if "order" in features:
            for _ in few():
                draw_order(plan, parent, *draw_pair(plan, reachable))
        if "colocation-set" in features:
            draw_colocation_set(plan, parent, everything)
        if "order-set" in features:
            draw_order_set(plan, parent, everything)
    if "ticket" in features:
        draw_ticket(plan, parent, rng.choice(everything))


def draw_pair(plan, reachable):
    """Two that have nothing to do with each other yet: a group is not constrained against its own member."""
    while True:
        one, other = plan.rng.sample(reachable, 2)
        if (one.parent or one) is not (other.parent or other):
            return one, other


def role_of(plan, resource, share=0.6):
    return plan.rng.choice(["Promoted", "Promoted", "Unpromoted"]) \
        if resource.promotable and plan.rng.random() < share else None


def draw_location(plan, parent, resource):
    rng = plan.rng
    values = {"score": rng.choice(SCORES)}
    role = role_of(plan, resource, 0.4)
    if role:
        values["role"] = role
    if "discovery" in plan.features and "location1" not in {each.get("id") for each in parent}:
        values["resource-discovery"] = rng.choice(["never", "exclusive", "always"])
    child(parent, "rsc_location", values, id=plan.name("location"), rsc=resource.id, node=rng.choice(plan.nodes))


def draw_rule(plan, parent, resource):
    rng = plan.rng
    name = plan.name("location")
    location = child(parent, "rsc_location", id=name, rsc=resource.id)
    values = {"score": rng.choice(SCORES)}
    if rng.random() < 0.3:
        values["boolean-op"] = "or"
    role = role_of(plan, resource, 0.3)
    if role:
        values["role"] = role
    rule = child(location, "rule", values, id=f"{name}-rule")
    for number in range(rng.choice([1, 1, 2])):
        kind = rng.random()
        if kind < 0.6:
            child(rule, "expression", id=f"{name}-{number}", attribute="rack",
                  operation=rng.choice(["eq", "ne", "lt", "gte"]), value=rng.choice(["1", "2"]))
        elif kind < 0.8:
            child(rule, "expression", id=f"{name}-{number}", attribute=rng.choice(["rack", "#uname"]),
                  operation=rng.choice(["defined", "not_defined"]))
        else:
            child(rule, "date_expression", id=f"{name}-{number}",
                  **rng.choice([{"operation": "gt", "start": "2023-01-01"}, {"operation": "lt", "end": "2023-01-01"}]))


def draw_colocation(plan, parent, one, other):
    rng = plan.rng
    values = {"score": rng.choice(["INFINITY", "INFINITY", "INFINITY", "-INFINITY", "100", "-100", "10"])}
    if role := role_of(plan, one, 0.4):
        values["rsc-role"] = role
    if role := role_of(plan, other):
        values["with-rsc-role"] = role
    if rng.random() < 0.05:
        values["influence"] = "false"
    child(parent, "rsc_colocation", values, id=plan.name("colocation"), rsc=one.id, **{"with-rsc": other.id})


def draw_order(plan, parent, one, other):
    rng = plan.rng
    values = {"kind": rng.choice(["Mandatory", "Mandatory", "Mandatory", "Optional", "Serialize"])}
    if rng.random() < 0.2:
        values["symmetrical"] = "false"
    if rng.random() < 0.1 and one.kind == "clone":
        values["require-all"] = "false"
    if one.promotable and rng.random() < 0.6:
        values["first-action"] = rng.choice(["promote", "promote", "demote", "start"])
        values["then-action"] = "start"
    if other.promotable and rng.random() < 0.3:
        values["then-action"] = "promote"
    if rng.random() < 0.05:
        values["first-action"] = values["then-action"] = "stop"
    child(parent, "rsc_order", values, id=plan.name("order"), first=one.id, then=other.id)


def draw_sets(plan, parent, everything, values):
    """One or two sets of resources, none in both."""
    rng = plan.rng
    chosen = rng.sample(everything, min(len(everything), rng.choice([2, 3, 4])))
    cut = rng.choice([len(chosen), rng.randint(1, len(chosen))])
    for part in (chosen[:cut], chosen[cut:]):
        if part:
            name = plan.name("set")
            inside = {key: choice for key, choice in values().items() if choice is not None}
            holder = child(parent, "resource_set", inside, id=name)
            for resource in part:
                child(holder, "resource_ref", id=resource.id)


def draw_colocation_set(plan, parent, everything):
    rng = plan.rng
    constraint = child(parent, "rsc_colocation", id=plan.name("colocation"),
                       score=rng.choice(["INFINITY", "INFINITY", "100", "-100"]))
    draw_sets(plan, constraint, everything, lambda: {"sequential": rng.choice([None, None, "false", "true"])})


def draw_order_set(plan, parent, everything):
    rng = plan.rng
    constraint = child(parent, "rsc_order", id=plan.name("order"),
                       kind=rng.choice(["Mandatory", "Mandatory", "Optional", "Serialize"]))
    if rng.random() < 0.2:
        constraint.set("symmetrical", "false")

    def values():
        sequential = rng.choice([None, None, "false", "true"])
        return {"sequential": sequential,
                "require-all": "false" if sequential == "false" and rng.random() < 0.3 else None}

    draw_sets(plan, constraint, everything, values)


def draw_ticket(plan, parent, resource):
    rng = plan.rng
    values = {"loss-policy": rng.choice(["stop", "demote", "freeze"] + (["fence"] if "fencing" in plan.features else []))}
    if resource.promotable and rng.random() < 0.7:
        values["rsc-role"] = "Promoted"
    child(parent, "rsc_ticket", values, id=plan.name("ticket"), rsc=resource.id, ticket="site")
    plan.ticket = True
