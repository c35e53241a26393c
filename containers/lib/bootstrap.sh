# shellcheck shell=bash
# How a Debian root is made. This file and the package list name it: change a word here, and a new root is made.

# Entries of the root's /etc that are the machine's business: its users, its name, its network, its certificates.
readonly MACHINE_ETC=(passwd passwd- group group- shadow shadow- gshadow gshadow- subuid subgid hosts hostname
    resolv.conf nsswitch.conf localtime timezone machine-id mtab fstab environment ssl apt)

# packages: the names in the list, one a line.
packages() {
    sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$CONTAINERS/packages.txt"
}

# bootstrap SUITE FOLDER: unpack the packages into FOLDER, which is empty. Who may mount does it in namespaces of one's
# own, so that no mount and no process is left behind whatever ends it; others go through a tar file, so that all files
# belong to them.
bootstrap() {
    local suite=$1 folder=$2 options from
    mapfile -t options < <(download_options)
    mapfile -t from < <(mirror)
    options+=(--variant=apt --components=main "--include=$(packages | paste -s -d ,)"
        '--aptopt=APT::Install-Recommends "false"'
        '--dpkgopt=force-unsafe-io' '--dpkgopt=path-exclude=/usr/share/man/*' '--dpkgopt=path-exclude=/usr/share/locale/*'
        '--dpkgopt=path-exclude=/usr/share/doc/*' '--dpkgopt=path-include=/usr/share/doc/*/copyright')
    if [ "$suite" = unstable ]; then
        # Its release file expires within days, which a mirror that stands still does not notice.
        options+=('--aptopt=Acquire::Check-Valid-Until "false"')
    fi
    if unshare --mount --pid --fork true 2>/dev/null; then
        unshare --mount --pid --fork --kill-child --mount-proc \
            mmdebstrap "${options[@]}" "$suite" "$folder" "${from[@]}" || return
    else
        mmdebstrap --mode=unshare "${options[@]}" "$suite" - "${from[@]}" |
            tar --extract --no-same-owner --exclude=./dev --directory="$folder" || return
    fi
}

# trim FOLDER: keep what the entering uses, and the list of versions.
trim() {
    local folder=$1 name
    mkdir -p "$folder/usr/share/lunarflag" "$folder/usr/share/ca-certificates" "$folder/etc.spare" "$folder/mnt"
    dpkg-query --admindir="$folder/var/lib/dpkg" --show >"$folder/usr/share/lunarflag/versions.txt"
    for name in "${MACHINE_ETC[@]}"; do
        if [ -e "$folder/etc/$name" ] || [ -L "$folder/etc/$name" ]; then mv "$folder/etc/$name" "$folder/etc.spare/"; fi
    done
    find "$folder" -mindepth 1 -maxdepth 1 ! -name usr ! -name etc ! -name etc.spare ! -name mnt -print0 |
        xargs -0 rm -rf --one-file-system --
}
