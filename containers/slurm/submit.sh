#!/bin/bash
# Plan a study and run it as a Slurm job array in the Apptainer image:
#
#     submit.sh STUDY.toml DIRECTORY [OPTION OF SBATCH]...
#
# LUNARFLAG_IMAGE names the image (lunarflag.sif here by default). What is done already is not done again.
set -euo pipefail

if [ $# -lt 2 ]; then
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
study=$1 directory=$2
shift 2
image=$(realpath "${LUNARFLAG_IMAGE:-lunarflag.sif}")
export XDG_CACHE_HOME=${XDG_CACHE_HOME:-$(dirname "$image")/lunarflag-cache}
mkdir -p "$XDG_CACHE_HOME"
shared=$(dirname "$(realpath -m "$directory")")
in_image="apptainer run --bind $shared,$XDG_CACHE_HOME $image"

if [ ! -e "$directory/plan.json" ]; then
    # shellcheck disable=SC2086  # a command and its words
    $in_image sweep plan "$study" -o "$directory"
fi

# The following of the job happens on the login node, which has sbatch and squeue: lunarflag itself runs there too.
options=()
for option in "$@"; do options+=(--slurm-option "$option"); done
exec lunarflag sweep run "$directory" --slurm --slurm-command "$in_image" "${options[@]}"
