#!/bin/bash
# Make the environment in which lunarflag runs, or see that it is there: `make env`.
#
#     containers/setup.sh [--suite SUITE] [--venv NAME]
#     containers/setup.sh --lock [--upgrade]
#
# The second writes containers/python.lock anew: `make lock`.
# A machine whose python3 has dolfinx 0.9 to 0.11 keeps using it. Any other machine of the Debian family gets a Debian
# root filesystem in the user's cache folder and enters it command by command. Whichever it is, CHECKOUT/.venv/bin holds
# lunarflag, python, pytest, mpirun and the rest, to be called from any folder. Nothing to do takes a moment; what was
# interrupted is made anew. Exit code 0, or 6 with one sentence.
set -euo pipefail

CONTAINERS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CHECKOUT=${CONTAINERS%/*}
SUITE=trixie
VENV_FOLDER=$CHECKOUT/.venv
LOCK=$CONTAINERS/python.lock
LOCKING=
UPGRADE=()
ROOT=
ROOT_ID=machine

# shellcheck source-path=SCRIPTDIR
{
    . "$CONTAINERS/lib/messages.sh"
    . "$CONTAINERS/lib/cache.sh"
    . "$CONTAINERS/lib/mirror.sh"
    . "$CONTAINERS/lib/bootstrap.sh"
    . "$CONTAINERS/lib/root.sh"
    . "$CONTAINERS/lib/python.sh"
    . "$CONTAINERS/lib/lock.sh"
    . "$CONTAINERS/lib/venv.sh"
}

while [ $# -gt 0 ]; do
    case $1 in
        --suite) SUITE=$2 && shift 2 ;;
        --venv) VENV_FOLDER=$CHECKOUT/$2 && shift 2 ;;
        --lock) LOCKING=yes && shift ;;
        --upgrade) UPGRADE=(--upgrade) && shift ;;
        *) die "unknown option $1: see the head of containers/setup.sh." ;;
    esac
done

tidy_on_exit

# From within the environment there is nothing to build.
if [ -z "$LOCKING" ] && [ "${LUNARFLAG_VENV:-}" = "$VENV_FOLDER" ] && [ -e "$VENV_FOLDER/key" ]; then exit 0; fi
case $CHECKOUT$CACHE in
    *"'"*) die "The paths $CHECKOUT and $CACHE must not hold a single quote." ;;
esac
# With .venv activated, `python3` is its own wrapper: look behind it.
PATH=$(printf '%s' "$PATH" | tr : '\n' | grep -v -x -F -e "$VENV_FOLDER/bin" -e "$VENV_FOLDER/python/bin" | paste -s -d :)

lock_cache
BASE=
if [ "$SUITE" = trixie ]; then BASE=$(find_dolfinx); fi
if [ -z "$BASE" ]; then
    ensure_root "$SUITE"
    BASE=/usr/bin/python3
fi
if [ -n "$LOCKING" ]; then
    write_lock "${UPGRADE[@]}"
    exit 0
fi
ensure_python
ensure_venv
say "environment ready: $VENV_FOLDER/bin"
