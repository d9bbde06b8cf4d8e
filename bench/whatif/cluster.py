#!/usr/bin/env python3
"""Writes a CIB of a cluster at work: usage: cluster.py NODES RESOURCES > cib.xml

Every resource is monitored and runs; every tenth runs after and with the one before it; every node has a fence device; a few are kept off one node.
The same arguments give the same text.
"""
import sys

nodes, resources = int(sys.argv[1]), int(sys.argv[2])
DUMMY = 'class="ocf" provider="heartbeat" type="Dummy"'


def operation(resource, name, interval, took):
    key = f"{resource}_{name}_{interval}"
    return (f'<lrm_rsc_op id="{key}" operation_key="{key}" operation="{name}" interval="{interval}" transition-key="1:1:0:x"'
            f' call-id="{2 if interval == 0 else 3}" rc-code="0" op-status="0" exec-time="{took}"/>')


def device(node):
    return (f'<primitive id="fence-{node}" class="stonith" type="fence_ipmilan"><instance_attributes id="fence-{node}-p">'
            f'<nvpair id="fence-{node}-h" name="pcmk_host_list" value="{node}"/></instance_attributes><operations>'
            f'<op id="fence-{node}-o" name="monitor" interval="60s" timeout="20s"/></operations></primitive>')


def home(number):
    """Where a resource runs; one that is with another, where that runs."""
    return home(number - 1) if number % 10 == 9 else number % nodes


names = [f"node{number:02}" for number in range(nodes)]
print('<cib validate-with="pacemaker-3.9" admin_epoch="0" epoch="1" num_updates="0" have-quorum="1" dc-uuid="1"'
      ' execution-date="1772373900"><configuration><crm_config><cluster_property_set id="p">'
      '<nvpair id="p-s" name="recovery-target" value="30s"/></cluster_property_set></crm_config><nodes>')
for number, name in enumerate(names, 1):
    print(f'<node id="{number}" uname="{name}"/>')
print("</nodes><resources>")
for name in names:
    print(device(name))
for number in range(resources):
    print(f'<primitive id="r{number:03}" {DUMMY}><operations><op id="r{number:03}-m" name="monitor" interval="10s"'
          ' timeout="20s"/></operations></primitive>')
print("</resources><constraints>")
for number in range(resources):
    if number % 10 == 9:
        print(f'<rsc_colocation id="with-{number}" rsc="r{number:03}" with-rsc="r{number - 1:03}" score="INFINITY"/>'
              f'<rsc_order id="after-{number}" first="r{number - 1:03}" then="r{number:03}"/>')
    elif number % 25 == 3:
        print(f'<rsc_location id="off-{number}" rsc="r{number:03}" node="{names[(number + 1) % nodes]}" score="-INFINITY"/>')
print('</constraints><rsc_defaults><meta_attributes id="d"><nvpair id="d-s" name="resource-stickiness" value="100"/>'
      "</meta_attributes></rsc_defaults></configuration><status>")
for index, name in enumerate(names):
    print(f'<node_state id="{index + 1}" uname="{name}" in_ccm="true" crmd="online" join="member" expected="member">'
          f'<lrm id="{index + 1}"><lrm_resources>')
    for other, target in enumerate(names):
        if (other + 1) % nodes == index:
            print(f'<lrm_resource id="fence-{target}" class="stonith" type="fence_ipmilan">'
                  + operation(f"fence-{target}", "start", 0, 400) + operation(f"fence-{target}", "monitor", 60000, 300) + "</lrm_resource>")
        else:
            print(f'<lrm_resource id="fence-{target}" class="stonith" type="fence_ipmilan">'
                  + operation(f"fence-{target}", "monitor", 0, 10).replace('rc-code="0"', 'rc-code="7"').replace("1:1:0", "1:1:7")
                  + "</lrm_resource>")
    for number in range(resources):
        resource = f"r{number:03}"
        if home(number) == index:
            history = operation(resource, "start", 0, 800) + operation(resource, "monitor", 10000, 40)
        else:
            history = operation(resource, "monitor", 0, 10).replace('rc-code="0"', 'rc-code="7"').replace("1:1:0", "1:1:7")
        print(f'<lrm_resource id="{resource}" {DUMMY}>{history}</lrm_resource>')
    print("</lrm_resources></lrm></node_state>")
print("</status></cib>")
