# shellcheck shell=bash
# The cache folder: finished environments under names that hold the hash of what they are made from.
# A half-made one lives under a temporary name and is renamed when it is whole, so a name means 'finished'.

CACHE=${XDG_CACHE_HOME:-~/.cache}/lunarflag
PENDING=

# shorten: hash of what comes on standard input, sixteen hexadecimal digits.
shorten() {
    sha256sum | cut -c 1-16
}

# lock_cache: hold the cache for this process; two set-ups at a time would do the same work twice.
lock_cache() {
    mkdir -p "$CACHE" 2>/dev/null || die "The cache folder $CACHE cannot be made: set XDG_CACHE_HOME to a folder you may write to."
    { exec 9>"$CACHE/lock"; } 2>/dev/null || die "The cache folder $CACHE cannot be written: set XDG_CACHE_HOME to a folder you may write to."
    if ! flock --nonblock 9; then
        say "another set-up is at work: waiting for it"
        flock 9
    fi
}

# remove PATH...: delete trees, never across a mount.
remove() {
    rm -rf --one-file-system -- "$@"
}

# begin NAME: an empty temporary folder for NAME in PENDING; leftovers of killed set-ups go. The lock is held.
begin() {
    remove "$CACHE"/*.pending
    PENDING=$CACHE/$1.pending
    mkdir "$PENDING"
}

# finish NAME: what PENDING holds is whole.
finish() {
    mv -T "$PENDING" "$CACHE/$1"
    PENDING=
}

# tidy_on_exit: however the set-up ends, end what it runs and remove what is half-made.
tidy_on_exit() {
    trap leave EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

leave() {
    local code=$?
    trap - EXIT INT TERM HUP
    set +e
    abandon
    if [ -n "$PENDING" ]; then remove "$PENDING"; fi
    exit "$code"
}

# room MEGABYTES WHAT: refuse to start what would fill the disk.
room() {
    local free
    free=$(df -Pk "$CACHE" | awk 'NR == 2 { print int($4 / 1024) }')
    if [ "$free" -lt "$1" ]; then
        die "Not enough disk: $2 needs $1 MB in $CACHE and $free MB are free; set XDG_CACHE_HOME to a larger place."
    fi
}
