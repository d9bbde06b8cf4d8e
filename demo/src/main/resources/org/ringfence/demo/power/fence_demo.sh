#!/bin/sh
# fence_demo - a fence agent for the hosts of `ringfence demo`. Speaks the fence agent protocol on standard input and asks
# the demo's power switch, which lives outside of all hosts, through named pipes in the folder that `switch` names.
# Exit status: 0 done (status: on), 1 not done, 2 status: off.
action=reboot plug='' switch=''
while IFS='=' read -r key value; do
    case $key in
        action | option) action=$value ;;
        plug | port | nodename) plug=${plug:-$value} ;;
        switch) switch=$value ;;
    esac
done

if [ "$action" = metadata ]; then
    cat <<'X'
<?xml version="1.0" ?>
<resource-agent name="fence_demo" shortdesc="Fence agent for the hosts of ringfence demo">
<longdesc>Asks the demo's power switch to cut a host off from its network and to end all of its processes.</longdesc>
<vendor-url>https://ringfence.org</vendor-url>
<parameters>
<parameter name="action" unique="0" required="1"><content type="string" default="reboot" /><shortdesc lang="en">What to do</shortdesc></parameter>
<parameter name="plug" unique="0" required="0" obsoletes="port"><content type="string" /><shortdesc lang="en">The host's name at the switch</shortdesc></parameter>
<parameter name="switch" unique="0" required="1"><content type="string" /><shortdesc lang="en">Folder with the switch's pipes</shortdesc></parameter>
</parameters>
<actions>
<action name="on" automatic="0" />
<action name="off" />
<action name="reboot" />
<action name="status" />
<action name="list" />
<action name="monitor" />
<action name="metadata" />
</actions>
</resource-agent>
X
    exit 0
fi

fail() {
    echo "fence_demo: $1" >&2
    exit 1
}
[ -p "$switch/requests" ] || fail "no power switch at '$switch'"
case $action in
    on | off | reboot | status) [ -n "$plug" ] || fail "$action needs a plug" ;;
    list | monitor) plug=- ;;
    *) fail "unknown action '$action'" ;;
esac
read -r host </proc/sys/kernel/hostname
# Two hosts may count the same process number: the host's name keeps their pipes apart.
reply=reply.$host.$$
mkfifo -m 600 "$switch/$reply" || fail "cannot make $switch/$reply"
trap 'rm -f "$switch/$reply"; exit 1' TERM INT HUP
# Open in both directions, so that neither side waits for the other in open().
exec 3<>"$switch/$reply" 4<>"$switch/requests"
echo "$action $plug $reply $host" >&4
read -r answer <&3

case $action:$answer in
    list:*)
        IFS=,
        for name in $answer; do echo "$name,"; done
        ;;
    status:on) exit 0 ;;
    status:off) exit 2 ;;
    *:ok) exit 0 ;;
    *) fail "$action $plug: the power switch says '$answer'" ;;
esac
