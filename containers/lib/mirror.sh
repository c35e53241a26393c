# shellcheck shell=bash
# Where Debian packages come from: the mirror this machine already uses for Debian's own archive.

# mirror: the address, from the machine's package lists or, before the first `apt-get update`, from its sources.
# Nothing where neither names one: mmdebstrap then takes Debian's own. Entries of other publishers are passed over,
# although some call their folder 'debian' too.
# shellcheck disable=SC2016  # the format is for apt-get
mirror() {
    local found
    found=$(apt-get indextargets --format '$(REPO_URI)|$(ORIGIN)|$(LABEL)' 'Created-By: Packages' 2>/dev/null |
        awk -F '|' '$1 ~ /^(https?|file):/ && $2 == "Debian" && $3 == "Debian" { print $1; exit }') || true
    if [ -z "$found" ]; then
        found=$(apt-get --print-uris update 2>/dev/null |
            sed -n -E "s|^'(https?://[^/]+/debian)/dists/.*|\1|p" | head -n 1) || true
    fi
    [ -z "$found" ] || printf '%s\n' "$found"
}

# download_options: the machine's own settings for reaching the network, as options of mmdebstrap.
download_options() {
    apt-config dump 2>/dev/null |
        grep -E '^Acquire::(https?::|Retries|ForceIPv[46]|Languages)' | grep -v ' "";$' |
        sed 's/^/--aptopt=/' || true
}
