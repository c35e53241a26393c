# shellcheck shell=bash
# The lock of the Python packages: one version each, with the hashes of its files, for Python 3.11 and later.

# write_lock [--upgrade]: write LOCK from pyproject.toml for BASE; versions that still fit stay unless all are upgraded.
write_lock() {
    local log=$CACHE/lock.log wanted
    wanted=$(inside "$BASE" "$CONTAINERS/lib/requirements.py" "$CHECKOUT/pyproject.toml") || die "pyproject.toml cannot be read."
    begin lock
    echo "$wanted" >"$PENDING/wanted.txt"
    inside "$BASE" "$CONTAINERS/lib/requirements.py" --of-base >"$PENDING/base.txt"
    say "locking the Python packages"
    attend "$log" fill_lock "$@" || explain "$log" "the lock"
    mv "$PENDING/python.lock" "$LOCK"
    remove "$PENDING"
    PENDING=
    say "$(grep -c '==' "$LOCK") packages in ${LOCK#"$CHECKOUT/"}"
}

# fill_lock [--upgrade]: resolve in PENDING. What the base brings is held at its version and not written down.
fill_lock() {
    local package held=()
    while read -r package; do held+=(--no-emit-package "${package%%=*}"); done <"$PENDING/base.txt"
    inside "$BASE" -m venv "$PENDING/uv" || return
    inside "$PENDING/uv/bin/python" -m pip install --disable-pip-version-check --no-cache-dir --progress-bar off uv || return
    if [ -e "$LOCK" ]; then cp "$LOCK" "$PENDING/python.lock" || return; fi
    inside "$PENDING/uv/bin/uv" pip compile "$PENDING/wanted.txt" --constraint "$PENDING/base.txt" "${held[@]}" "$@" \
        --universal --python-version 3.11 --generate-hashes --no-annotate --no-cache \
        --custom-compile-command 'make lock' --output-file "$PENDING/python.lock"
}
