#!/bin/sh
# Second half of entering the Debian root: runs in a mount namespace of its own, so nothing it does is seen outside.
#
#     unshare --mount sh enter.sh ROOT COMMAND [ARGUMENT]...
#
# ROOT's /usr covers the machine's, and ROOT's entries of /etc cover those of the same name; all else stays as it
# is, so every path means the same inside and out. `exec` keeps the process number: signals and exit codes pass.
set -eu

refuse() {
    echo "lunarflag: The Debian root $root cannot be entered: this machine refuses to mount in a namespace." >&2
    exit 6
}

# A fresh /etc: links to the machine's entries, kept reachable in .host, and over them links to the root's.
# The machine's own links are copied, since a relative one ('../run/...') means something else from .host.
lay_etc() {
    mount -t tmpfs -o mode=755 lunarflag "$root/mnt"
    mkdir "$root/mnt/.host"
    mount --rbind /etc "$root/mnt/.host"
    (
        cd "$root/mnt"
        set --
        for entry in .host/*; do
            if [ -L "$entry" ]; then set -- "$@" "$entry"; fi
        done
        ln -s .host/* .
        if [ $# -gt 0 ]; then cp -P --remove-destination "$@" .; fi
        ln -sfn "$root"/etc/* .
    )
    if [ ! -e /etc/ssl/certs/ca-certificates.crt ]; then ln -sfn "$root/etc.spare/ssl" "$root/mnt/ssl"; fi
    mount --rbind "$root/mnt" /etc
}

root=$1
shift
trap refuse EXIT
lay_etc
for shared in /usr/local /usr/src /usr/share/ca-certificates; do
    if [ -d "$shared" ] && [ -d "$root$shared" ]; then mount --rbind "$shared" "$root$shared"; fi
done
mount --rbind "$root/usr" /usr
mount -o remount,bind,ro /usr  # a package manager called by habit must not write into what clones share
trap - EXIT

# The folder one stands in may have been covered: step into the new one of the same name.
cd "$PWD" 2>/dev/null || :
if [ "$(id -u)" -ne 0 ]; then
    # The rights that allowed the mounts are those of a small root: give them back.
    exec setpriv --ambient-caps=-all --inh-caps=-all -- "$@"
fi
exec "$@"
