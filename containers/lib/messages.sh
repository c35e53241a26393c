# shellcheck shell=bash
# What the set-up says, and how it ends: one clear sentence on stderr and exit code 6.

readonly EXIT_ENVIRONMENT=6
CHILD=

say() {
    printf 'lunarflag: %s\n' "$*" >&2
}

die() {
    say "$*"
    exit "$EXIT_ENVIRONMENT"
}

# attend LOG COMMAND...: run a long command with its output in LOG, in a process group of its own that `abandon` can end.
# The shell waits for it in a way that lets a signal through at once.
attend() {
    local log=$1 code=0
    shift
    set -m
    "$@" >"$log" 2>&1 </dev/null &
    CHILD=$!
    set +m
    wait "$CHILD" || code=$?
    CHILD=
    return "$code"
}

# abandon: end what `attend` runs, if it runs.
abandon() {
    if [ -n "$CHILD" ]; then
        kill -TERM -- "-$CHILD"
        wait "$CHILD"
    fi 2>/dev/null
    CHILD=
}

# explain LOG WHAT: end with the sentence that fits the reason found in LOG.
explain() {
    local log=$1 what=$2
    if grep -qi -e 'no space left' -e 'disk quota' -e "don't have enough free space" "$log"; then
        die "The disk is full: $what needs more room in $CACHE (see README, 'Room and time')."
    fi
    if grep -qi -e 'could not resolve' -e 'temporary failure' -e 'failed to fetch' -e 'cannot initiate the connection' \
        -e 'could not connect' -e 'unable to connect' -e 'network is unreachable' -e 'connection error' \
        -e 'newconnectionerror' -e 'connection broken' -e 'read timed out' -e 'max retries' \
        -e 'connection timed out' "$log"; then
        die "No network: $what has to be downloaded once, and its source cannot be reached (log: $log)."
    fi
    die "Building $what failed: $(grep -a -i -E '^(E:|ERROR|error:|.*Error: )' "$log" | tail -n 1 || true) (log: $log)."
}
