# shellcheck shell=bash
# The Debian root filesystem that has dolfinx: made once by mmdebstrap, shared by every clone with the same list.

readonly ROOT_MEGABYTES=3500

# root_id SUITE: the name of the root that the list, the suite and this recipe make.
root_id() {
    printf 'root-%s-%s\n' "$1" "$( (packages && uname -m && cat "$CONTAINERS/lib/bootstrap.sh") | shorten)"
}

# can_enter: whether this machine lets this user cover /usr in a namespace of one's own.
can_enter() {
    local rights
    for rights in "--mount" "--user --map-current-user --keep-caps --mount"; do
        # shellcheck disable=SC2086  # the flags are words
        if unshare $rights mount --bind /usr /usr 2>/dev/null; then return 0; fi
    done
    return 1
}

# need_mmdebstrap: the one package the machine itself gets.
need_mmdebstrap() {
    if command -v mmdebstrap >/dev/null; then return; fi
    if [ -n "${LUNARFLAG_VENV:-}" ]; then
        die "This shell is inside an environment of lunarflag, where nothing can be installed: run 'make env' outside it."
    fi
    if ! command -v apt-get >/dev/null; then
        die "This machine is not of the Debian family and its python3 has no dolfinx 0.9 to 0.11: use conda ('conda create -n lunarflag -c conda-forge fenics-dolfinx=0.9 python=3.12', activate it, 'make env') or containers/Dockerfile."
    fi
    if [ "$(id -u)" -ne 0 ]; then
        die "The package mmdebstrap is missing: ask for 'apt-get install mmdebstrap uidmap', or run 'make env' as root once."
    fi
    say "installing mmdebstrap"
    local log=$CACHE/apt.log
    attend "$log" install_mmdebstrap || explain "$log" "the package mmdebstrap"
}

install_mmdebstrap() {
    apt-get update -qq || return
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mmdebstrap debian-archive-keyring
}

# need_ids: a user who may not mount unpacks packages under a range of ids of one's own.
need_ids() {
    if unshare --mount --pid --fork true 2>/dev/null; then return; fi
    if ! command -v newuidmap >/dev/null || ! grep -q -E "^($(id -un)|$(id -u)):" /etc/subuid 2>/dev/null; then
        die "User $(id -un) has no range of subordinate ids, which building a Debian root takes: ask for the package uidmap and an entry in /etc/subuid and /etc/subgid, or use conda (see README, 'Other machines')."
    fi
}

# ensure_root SUITE: ROOT_ID and ROOT of a whole root; built where there is none. The cache is locked.
ensure_root() {
    ROOT_ID=$(root_id "$1")
    ROOT=$CACHE/$ROOT_ID
    if [ -e "$ROOT/usr/share/lunarflag/$ROOT_ID" ]; then return; fi
    can_enter || die "This machine allows no mount namespace to this user, so a Debian root could not be entered: use conda or containers/Dockerfile (see README, 'Other machines')."
    [ -L /lib ] || die "This machine keeps /lib apart from /usr, so a Debian root cannot cover it: use conda or containers/Dockerfile (see README, 'Other machines')."
    need_mmdebstrap
    need_ids
    room "$ROOT_MEGABYTES" "the Debian root"
    remove "$ROOT"
    begin "$ROOT_ID"
    say "building a Debian root with dolfinx in $CACHE (once; about two minutes and 2.6 GB)"
    attend "$CACHE/root.log" bootstrap "$1" "$PENDING" || explain "$CACHE/root.log" "the Debian root"
    trim "$PENDING"
    touch "$PENDING/usr/share/lunarflag/$ROOT_ID"
    finish "$ROOT_ID"
}
