# shellcheck shell=bash
# The checkout's .venv: a small virtual environment with this project in it (python/), looking up all other packages
# in the cache, and in bin/ the wrappers that enter the environment. Made aside and swapped in whole.

# Programs of the root that belong to the daily use of the project.
readonly ROOT_PROGRAMS=(mpirun mpiexec)

# venv_key: what .venv is made from.
venv_key() {
    (echo "$CHECKOUT" "$ROOT_ID" "$PACKAGES" "$BASE" && cat "$CONTAINERS"/lib/* "$CHECKOUT/pyproject.toml") | shorten
}

# ready: whether .venv is whole and up to date.
ready() {
    [ -e "$VENV_FOLDER/key" ] && [ "$(cat "$VENV_FOLDER/key")" = "$(venv_key)" ] && [ -x "$VENV_FOLDER/bin/python" ]
}

# rewrite_programs FROM FOLDER: give FOLDER the programs of FROM, Python ones with the interpreter of .venv.
rewrite_programs() {
    local program name
    for program in "$1"/bin/*; do
        name=${program##*/}
        case $name in python* | activate* | Activate* | pip3.*) continue ;; esac
        if [ "$(head -c 2 "$program")" = "#!" ] && head -n 1 "$program" | grep -q -e python -e '^#!/bin/sh$'; then
            # Valid in both languages: the shell starts Python on this very file, Python reads a string.
            {
                printf "#!/bin/sh\n'''exec' '%s' \"\$0\" \"\$@\"\n' '''\n" "$VENV_FOLDER/python/bin/python"
                sed -e 1d -e "2,3{/^'''exec' /d;/^' '''\$/d}" "$program"
            } >"$2/.program"
            chmod +x "$2/.program"
            mv "$2/.program" "$2/$name"
        elif [ "$1" != "${2%/bin}" ]; then
            ln -sf "$program" "$2/$name"
        fi
    done
}

# write_wrappers FOLDER: one wrapper a program, and `inside` for any other command.
write_wrappers() {
    local name program
    cp "$CONTAINERS/lib/run.sh" "$CONTAINERS/lib/enter.sh" "$1/"
    mkdir "$1/bin"
    for program in "$1"/python/bin/* "${ROOT_PROGRAMS[@]}" inside; do
        name=${program##*/}
        case $name in activate* | Activate*) continue ;; esac
        {
            printf '#!/bin/sh\n# Runs %s in the environment of this checkout; written by containers/setup.sh.\n' "$name"
            printf "VENV='%s' ROOT='%s' ROOT_ID='%s'\n" "$VENV_FOLDER" "$ROOT" "$ROOT_ID"
            # shellcheck disable=SC2016  # for the wrapper to expand
            printf 'ENTER=$VENV/enter.sh\n'
            if [ "$name" != inside ]; then printf 'set -- %s "$@"\n' "$name"; fi
            # shellcheck disable=SC2016
            printf '. "$VENV/run.sh"\n'
        } >"$1/bin/$name"
        chmod +x "$1/bin/$name"
    done
}

# fill_venv FOLDER: everything but the key.
fill_venv() {
    inside "$BASE" -m venv --system-site-packages --without-pip "$1/python" || return
    inside "$PACKAGES/bin/python" "$CONTAINERS/lib/link_paths.py" "$1/python" || return
    inside "$1/python/bin/python" -m pip install --disable-pip-version-check --no-cache-dir --no-deps --no-build-isolation \
        --no-index --editable "$CHECKOUT" || return
    rewrite_programs "$1/python" "$1/python/bin"
    rewrite_programs "$PACKAGES" "$1/python/bin"
    write_wrappers "$1"
}

# ensure_venv: .venv as described above; made anew when anything it is made from has changed. The cache is locked.
ensure_venv() {
    local log=$CACHE/venv.log new=$VENV_FOLDER.new old=$VENV_FOLDER.old
    if ready; then return; fi
    if [ -e "$VENV_FOLDER" ] && [ ! -e "$VENV_FOLDER/run.sh" ]; then
        die "$VENV_FOLDER is a virtual environment of somebody else's making: move it away and run 'make env' again."
    fi
    remove "$new" "$old"
    mkdir "$new" 2>/dev/null || die "The checkout $CHECKOUT cannot be written."
    attend "$log" fill_venv "$new" || explain "$log" "the checkout's .venv"
    venv_key >"$new/key"
    if [ -e "$VENV_FOLDER" ]; then mv -T "$VENV_FOLDER" "$old"; fi
    mv -T "$new" "$VENV_FOLDER"
    remove "$old"
}
