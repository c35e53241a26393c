# shellcheck shell=sh
# First half of entering the environment, sourced by every wrapper in .venv/bin with the command's name and arguments
# in its positional parameters.
# The wrapper sets: VENV, the checkout's .venv; ROOT, the Debian root, empty where the machine's own Python has
# dolfinx; ROOT_ID, its name; ENTER, the second half.
# shellcheck disable=SC2154

# Open MPI and hwloc look for network cards and a sysfs that a container may not have, and complain.
export OMPI_MCA_btl="${OMPI_MCA_btl:-self,sm}" HWLOC_HIDE_ERRORS="${HWLOC_HIDE_ERRORS:-2}"
export UCX_LOG_LEVEL="${UCX_LOG_LEVEL:-fatal}" OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1

if [ -z "$ROOT" ] || [ -e "/usr/share/lunarflag/$ROOT_ID" ]; then
    case $PATH in
        "$VENV/python/bin:"*) ;;
        *) PATH=$VENV/python/bin:$PATH ;;
    esac
    export PATH LUNARFLAG_VENV="$VENV"
    if [ -z "$ROOT" ]; then unset PYTHONPATH PYTHONHOME; fi
    exec "$@"
fi

if [ ! -e "$ROOT/usr/share/lunarflag/$ROOT_ID" ]; then
    echo "lunarflag: The environment is gone from $ROOT: run \`make env\` in ${VENV%/*}." >&2
    exit 6
fi
# What the machine's own Python, libraries and language packs are told does not hold in the root.
unset PYTHONPATH PYTHONHOME LD_LIBRARY_PATH LD_PRELOAD LANGUAGE
export PATH="$VENV/python/bin:/usr/sbin:/usr/bin:/sbin:/bin" LC_ALL=C.UTF-8 LUNARFLAG_VENV="$VENV"
for rights in "--mount" "--user --map-current-user --keep-caps --mount"; do
    # shellcheck disable=SC2086  # the flags are words
    if /usr/bin/unshare $rights true 2>/dev/null; then
        exec /usr/bin/unshare $rights -- /bin/sh "$ENTER" "$ROOT" "$@"
    fi
done
echo "lunarflag: The Debian root cannot be entered: this machine allows no mount namespace (see README, 'Other machines')." >&2
exit 6
