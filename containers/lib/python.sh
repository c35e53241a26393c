# shellcheck shell=bash
# The Python packages of pyproject.toml in a virtual environment on top of the Python that has dolfinx, in the cache:
# those of python.lock with exactly its versions and hashes, and what the base lacks besides.

readonly PYTHON_MEGABYTES=2000

# inside COMMAND...: run in the root, or right here where the machine's own Python has dolfinx.
inside() {
    VENV=$CONTAINERS/no-venv ROOT=$ROOT ROOT_ID=$ROOT_ID ENTER=$CONTAINERS/lib/enter.sh sh "$CONTAINERS/lib/run.sh" "$@"
}

# find_dolfinx: print the machine's own Python if it has dolfinx 0.9 to 0.11, else nothing.
find_dolfinx() {
    local python
    for python in ${LUNARFLAG_PYTHON:+"$LUNARFLAG_PYTHON"} python3 /usr/bin/python3; do
        if "$python" "$CONTAINERS/lib/has_dolfinx.py" 2>/dev/null; then return; fi
    done
}

# ensure_python: PACKAGES, the folder of a whole set of packages for BASE (a Python); built where there is none.
ensure_python() {
    local wanted id log=$CACHE/python.log
    wanted=$(inside "$BASE" "$CONTAINERS/lib/requirements.py" "$CHECKOUT/pyproject.toml") || die "pyproject.toml cannot be read."
    id=python-$( (echo "$wanted" "$ROOT_ID" "$BASE" && locked && inside "$BASE" -VV) | shorten)
    PACKAGES=$CACHE/$id
    if [ -e "$PACKAGES/complete" ]; then return; fi
    room "$PYTHON_MEGABYTES" "the Python packages"
    remove "$PACKAGES"
    begin "$id"
    say "installing Python packages (once; about a minute and 1.3 GB)"
    echo "$wanted" >"$PENDING/requirements.txt"
    locked >"$PENDING/python.lock"
    attend "$log" fill_python || explain "$log" "the set of Python packages"
    touch "$PENDING/complete"
    finish "$id"
}

# fill_python: make the virtual environment in PENDING, and see that what must fit together does.
fill_python() {
    inside "$BASE" -m venv --system-site-packages "$PENDING" || return
    # Where PYTHONPATH or a virtual environment brings dolfinx, the new environment would not look there.
    if [ -z "$ROOT" ]; then "$BASE" "$CONTAINERS/lib/link_paths.py" "$PENDING" || return; fi
    install --no-deps --require-hashes --requirement "$PENDING/python.lock" || return
    install --requirement "$PENDING/requirements.txt" || return
    inside "$PENDING/bin/python" -c 'import dolfinx, h5py, numba, petsc4py.PETSc, scipy'
}

# locked: print the lock. Debian unstable is there to show what comes next: it takes the newest of everything.
locked() {
    if [ "$SUITE" = trixie ]; then cat "$LOCK"; fi
}

# install OPTION...: pip in PENDING.
install() {
    inside "$PENDING/bin/python" -m pip install --disable-pip-version-check --no-cache-dir --progress-bar off "$@"
}
