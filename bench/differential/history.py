"""Draws a status for a configuration: what each node remembers of each resource, as a running cluster would have left it."""
from cib import child, digest, nvpairs

FEATURE_SET = "3.16.2"
RUN = "11111111-2222-3333-4444-555555555555"


class Memory:
    """What one node remembers: records of resources, and attributes that its next restart forgets."""

    def __init__(self, node, now):
        self.node, self.now = node, now
        self.resources, self.attributes = {}, {}
        self.calls = 0

    def record(self, name, resource, action, interval=0, code=0, expected=None, status=0, ago=3600, timeout=20000,
               changed=False, extra=None):
        """Writes one outcome the way a node's executor leaves it; a failure is kept twice."""
        kept = self.resources.setdefault(name, (resource, {}))[1]
        self.calls += 1
        expected = code if expected is None else expected
        parameters = dict(resource.parameters)
        if changed and parameters:
            parameters["fake"] = "old"
        if interval:
            parameters["CRM_meta_timeout"] = str(timeout)
        key = f"{self.calls}:1:{expected}:{RUN}"
        values = {
            "operation_key": f"{name}_{action}_{interval * 1000}", "operation": action,
            "crm_feature_set": FEATURE_SET, "transition-key": key, "transition-magic": f"{status}:{code};{key}",
            "on_node": self.node, "call-id": "-1" if status == -1 else str(self.calls), "rc-code": str(code),
            "op-status": str(status), "interval": str(interval * 1000),
            "last-rc-change": str(self.now - ago), "exec-time": "10", "queue-time": "0", "op-digest": digest(parameters),
            **(extra or {})}
        kept[f"{name}_monitor_{interval * 1000}" if interval else f"{name}_last_0"] = values
        if status == -1:
            return
        if code != expected or status not in (0, -1):
            kept[f"{name}_last_failure_0"] = dict(values)

    def write(self, parent, number):
        lrm = child(child(parent, "lrm", id=number), "lrm_resources")
        for name, (resource, records) in self.resources.items():
            agent = {"class": "stonith", "type": "fence_x"} if resource.fence_device else {
                "class": "ocf", "provider": "pacemaker", "type": "Stateful" if resource.stateful else "Dummy"}
            holder = child(lrm, "lrm_resource", agent, id=name)
            for identity, values in records.items():
                child(holder, "lrm_rsc_op", values, id=identity)


STATES = {
    "online": {"in_ccm": "true", "crmd": "online", "join": "member", "expected": "member"},
    "offline": {"in_ccm": "false", "crmd": "offline", "join": "down", "expected": "down"},
    "unclean": {"in_ccm": "false", "crmd": "offline", "join": "member", "expected": "member"},
}


def draw(plan, parent, now):
    rng = plan.rng
    memories = {node: Memory(node, now) for node in plan.nodes}
    Drawing(plan, memories).all()
    for number, node in enumerate(plan.nodes, 1):
        condition = plan.conditions.get(node, "online")
        state = child(parent, "node_state", STATES.get(condition, STATES["online"]), id=str(number), uname=node)
        if condition == "offline":
            continue
        memory = memories[node]
        attributes = dict(memory.attributes)
        if condition == "leaving":
            attributes["shutdown"] = str(now - 10)
        if attributes:
            nvpairs(child(state, "transient_attributes", id=str(number)), "instance_attributes",
                    f"status-{number}", attributes)
        memory.write(state, str(number))
    if plan.ticket and rng.random() < 0.85:
        values = {"granted": rng.choice(["true", "false"]), "last-granted": str(now - 9000)}
        if rng.random() < 0.2:
            values["standby"] = "true"
        child(child(parent, "tickets"), "ticket_state", values, id="site")


class Drawing:
    def __init__(self, plan, memories):
        self.plan, self.rng, self.memories = plan, plan.rng, memories
        # A node that has just joined has run nothing, and has not been asked.
        self.could_run = [node for node in plan.nodes if plan.conditions.get(node) not in ("offline", "fresh")]

    def all(self):
        for resource in self.plan.top:
            self.draw(resource)
        if "removed" in self.plan.features:
            self.removed()

    def draw(self, resource):
        if resource.kind == "clone":
            self.clone(resource)
        else:
            node = self.rng.choice(self.could_run)
            active = [node] if self.rng.random() < 0.75 else []
            if active and "twice" in self.plan.features and self.rng.random() < 0.4:
                active = self.rng.sample(self.could_run, min(2, len(self.could_run)))
            self.run(resource, "", active)

    def clone(self, clone):
        rng = self.rng
        count = int(clone.settings.get("clone-max", len(self.plan.nodes)))
        active = rng.sample(self.could_run, min(count, len(self.could_run)))
        if rng.random() < 0.3:
            active = active[:rng.randint(0, len(active))]
        promoted = []
        if clone.promotable:
            promoted = active[:int(clone.settings.get("promoted-max", 1))] if rng.random() < 0.7 else []
        if clone.unique():
            for number in range(count):
                where = [active[number]] if number < len(active) else []
                self.run(clone.members[0], f":{number}", where, promoted)
        else:
            self.run(clone.members[0], "", active, promoted)
        if clone.promotable:
            self.promotion_scores(clone, active)

    def promotion_scores(self, clone, active):
        for primitive in clone.primitives():
            for number, node in enumerate(active):
                if self.rng.random() < 0.8:
                    suffix = f":{number}" if clone.unique() else ""
                    score = self.rng.choice(["5", "10", "10", "100", "-1", "INFINITY"])
                    self.memories[node].attributes[f"master-{primitive.id}{suffix}"] = score

    def run(self, resource, suffix, active, promoted=()):
        """Every node that could run it was asked; where it is active it was started, and its members in turn."""
        primitives = resource.primitives()
        complete = {node: self.rng.randint(1, len(primitives)) if self.rng.random() < 0.15 else len(primitives)
                    for node in active}
        for index, primitive in enumerate(primitives):
            for node in self.could_run:
                name = primitive.id + suffix
                here = node in active and index < complete[node]
                self.one(self.memories[node], name, primitive, here, here and node in promoted)

    def one(self, memory, name, primitive, active, promoted):
        rng = self.rng
        if not active:
            if rng.random() < 0.1:
                memory.record(name, primitive, "start", ago=7000)
                memory.record(name, primitive, "stop", ago=6000)
            else:
                memory.record(name, primitive, "monitor", code=7, expected=7, ago=8000)
                self.failed_probe(memory, name, primitive)
            return
        changed = bool(primitive.parameters) and rng.random() < 0.3
        memory.record(name, primitive, "start", ago=5000, changed=changed)
        if promoted:
            memory.record(name, primitive, "promote", ago=4800)
        self.monitors(memory, name, primitive, promoted, changed)
        if "failures" in self.plan.features and rng.random() < 0.25:
            self.fail(memory, name, primitive, promoted)
        elif "pending" in self.plan.features and rng.random() < 0.2:
            self.pending(memory, name, primitive)

    def monitors(self, memory, name, primitive, promoted, changed):
        for op in primitive.operations:
            role = op.get("role", "Started")
            wanted = role == "Started" or role == ("Promoted" if promoted else "Unpromoted")
            if op["name"] == "monitor" and wanted and self.rng.random() < 0.95:
                memory.record(name, primitive, "monitor", op["interval"], code=8 if promoted else 0, ago=4000,
                              timeout=self.timeout(op), changed=changed)

    def timeout(self, op):
        return int(op["timeout"][:-1]) * 1000 if "timeout" in op else self.plan.default_timeout

    def fail_count(self, memory, name, what, value, ago):
        # Anonymous instances share one count.
        memory.attributes[f"fail-count-{name}#{what}"] = str(value)
        memory.attributes[f"last-failure-{name}#{what}"] = str(memory.now - ago)

    def failed_probe(self, memory, name, primitive):
        if "failures" in self.plan.features and not primitive.fence_device and self.rng.random() < 0.04:
            memory.record(name, primitive, "monitor", code=self.rng.choice([1, 5, 2, 6]), expected=7, ago=900)

    def fail(self, memory, name, primitive, promoted):
        rng = self.rng
        ago = rng.choice([20, 120, 3000])
        recurring = [op for op in primitive.operations if op["name"] == "monitor"
                     and op.get("role", "Started") in ("Started", "Promoted" if promoted else "Unpromoted")]
        kind = rng.choice(["monitor", "monitor", "monitor", "start", "stop", "old"] + (["demote"] if promoted else [])
                          + (["promote"] if primitive.stateful and not promoted else []))
        if kind == "monitor" and recurring:
            op = recurring[0]
            code, status = rng.choice([(7, 0), (7, 0), (1, 0), (1, 2), (9, 0) if promoted else (5, 0)])
            memory.record(name, primitive, "monitor", op["interval"], code=code, expected=8 if promoted else 0,
                          status=status, ago=ago, timeout=self.timeout(op))
            self.fail_count(memory, name, f"monitor_{op['interval'] * 1000}", rng.choice([1, 1, 2, 3]), ago)
        elif kind == "start":
            memory.resources.pop(name)
            code, status = rng.choice([(1, 0), (1, 2), (5, 0), (6, 0), (7, 0)])
            memory.record(name, primitive, "start", code=code, expected=0, status=status, ago=ago)
            self.fail_count(memory, name, "start_0", rng.choice(["INFINITY", "INFINITY", 1]), ago)
        elif kind == "stop":
            memory.record(name, primitive, "stop", code=1, expected=0, status=rng.choice([0, 2]), ago=ago)
            self.fail_count(memory, name, "stop_0", rng.choice(["INFINITY", 1]), ago)
        elif kind in ("demote", "promote"):
            memory.record(name, primitive, kind, code=1, expected=0, ago=ago)
            self.fail_count(memory, name, f"{kind}_0", 1, ago)
        else:
            self.fail_count(memory, name, "monitor_10000", rng.choice([1, 2, "INFINITY"]), ago)

    def pending(self, memory, name, primitive):
        kind = self.rng.choice(["start", "monitor", "stop"])
        interval = 0
        if kind == "monitor":
            memory.resources.pop(name)
        memory.record(name, primitive, kind, interval, code=193, expected=7 if kind == "monitor" else 0, status=-1, ago=5)

    def removed(self):
        """A resource that was taken out of the configuration and still runs somewhere."""
        from cib import Resource
        gone = Resource("gone", "primitive")
        self.run(gone, "", [self.rng.choice(self.could_run)])
