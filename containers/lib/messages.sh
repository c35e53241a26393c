# shellcheck shell=bash
# What the set-up says, and how it ends: one clear sentence on stderr and exit code 6.

readonly EXIT_ENVIRONMENT=6

say() {
    printf 'lunarflag: %s\n' "$*" >&2
}

die() {
    say "$*"
    exit "$EXIT_ENVIRONMENT"
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
