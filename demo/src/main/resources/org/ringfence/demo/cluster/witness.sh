#!/bin/sh
# ocf:demo:witness - a resource that does nothing but put on record where and when it was started and stopped, and that
# misbehaves when told to. An OCF 1.0 resource agent for tests.
#
# The record, one line a deed: SECONDS.NANOSECONDS NODE RESOURCE begin-start|started|stopped
# It misbehaves where a file FOLDER/misbehave/RESOURCE.ACTION.NODE or RESOURCE.ACTION holds a word: `fail`, or `hang`: it
# then ignores SIGTERM and leaves a child behind that does so too.
host_folder=${0%/agents/*}
. "$host_folder/host.env"
resource=${OCF_RESOURCE_INSTANCE:-witness}
state=$volatile/$resource.active

record() {
    echo "$(date +%s.%N) $node $resource $1" >>"$witness_log"
}

misbehave() {
    for file in "$run_folder/misbehave/$resource.$1.$node" "$run_folder/misbehave/$resource.$1"; do
        read -r how 2>/dev/null <"$file" || continue
        case $how in
            fail)
                echo "ocf-exit-reason:told to fail" >&2
                exit 1
                ;;
            hang)
                trap '' TERM HUP INT
                (setsid sleep 54321 &)
                while :; do sleep 12345; done
                ;;
        esac
    done
}

case $1 in
    start)
        misbehave start
        [ -f "$state" ] && exit 0
        record begin-start
        : >"$state"
        record started
        ;;
    stop)
        misbehave stop
        [ -f "$state" ] || exit 0
        rm -f "$state"
        record stopped
        ;;
    monitor | status)
        misbehave monitor
        [ -f "$state" ] || exit 7
        ;;
    validate-all) ;;
    meta-data)
        cat <<'X'
<?xml version="1.0"?>
<resource-agent name="witness" version="1.0">
<version>1.0</version>
<longdesc lang="en">Records its starts and stops.</longdesc>
<shortdesc lang="en">A resource for tests</shortdesc>
<parameters>
<parameter name="note"><longdesc lang="en">Anything</longdesc><shortdesc lang="en">Anything</shortdesc><content type="string" default=""/></parameter>
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
