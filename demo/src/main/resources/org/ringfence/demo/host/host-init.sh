#!/bin/sh
# The first process of a demo host: host-init.sh NAME FOLDER HOSTS
# Sets up the mounts, says its own number (as the machine outside counts) when the host is up, then lives for ever: it
# adopts and reaps every orphan, and when it is killed the kernel ends all others.
name=$1 folder=$2 hosts=$3
# Before the new /proc is mounted, this still is the number by which the outside knows us.
read -r pid rest </proc/self/stat
mount --make-rprivate / || exit 1
mount -t proc proc /proc || exit 1
echo "$name" >/proc/sys/kernel/hostname
# /run belongs to this host alone: sockets, locks and pid files of others are not seen.
mount -t tmpfs -o mode=755 tmpfs /run || exit 1
mkdir -p /run/lock /run/resource-agents /run/netns
chmod 1755 /run/resource-agents
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
[ ! -f "$hosts" ] || mount --bind "$hosts" /etc/hosts
cd "$folder" || exit 1
echo "$pid"
exec </dev/null >>host.log 2>&1
while :; do
    sleep 86400 &
    wait $!
done
