#!/bin/sh
# ocf:demo:service - the service of `ringfence demo`: says its node's name to whoever connects. An OCF 1.0 resource agent.
# What differs from host to host stands in host.env, in the host's folder.
host_folder=${0%/agents/*}
. "$host_folder/host.env"
port=${OCF_RESKEY_port:-7000}
pid_file=$volatile/${OCF_RESOURCE_INSTANCE:-service}.pid

running() {
    read -r pid 2>/dev/null <"$pid_file" && kill -0 "$pid" 2>/dev/null
}

case $1 in
    start)
        running && exit 0
        # Returns when it listens: no client is refused once the resource counts as started.
        eval "$responder" || exit 1
        ;;
    stop)
        running || exit 0
        kill "$pid"
        while running; do sleep 0.01; done
        rm -f "$pid_file"
        ;;
    monitor | status)
        running || exit 7
        ;;
    validate-all) ;;
    meta-data)
        cat <<'X'
<?xml version="1.0"?>
<resource-agent name="service" version="1.0">
<version>1.0</version>
<longdesc lang="en">Says its node's name to whoever connects, and closes the connection.</longdesc>
<shortdesc lang="en">The service of ringfence demo</shortdesc>
<parameters>
<parameter name="port"><longdesc lang="en">TCP port</longdesc><shortdesc lang="en">TCP port</shortdesc><content type="integer" default="7000"/></parameter>
</parameters>
<actions>
<action name="start" timeout="20s"/>
<action name="stop" timeout="20s"/>
<action name="monitor" timeout="20s" interval="10s" depth="0"/>
<action name="validate-all" timeout="5s"/>
<action name="meta-data" timeout="5s"/>
</actions>
</resource-agent>
X
        ;;
    *) exit 3 ;;
esac
exit 0
