"""Whether two versions of the code give the same bits in the results of the shipped cases.

    python -m benchmarks.same_bits record OLD.json     # in the old checkout
    python -m benchmarks.same_bits compare OLD.json    # in the new one: exit code 1 where a digest differs

Each case runs on one rank, on coarse cells, through its first days. Moves and renames must change no digest.
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import h5py
import numpy as np

CASES = Path(__file__).parents[1] / "cases"
GROUPS = ("VTKHDF", "series", "sky", "endurance", "verdict")
COARSE = {"mesh.size": '"100 mm"', "run.duration": '"3 day"'}


def digests(result: Path) -> dict[str, str]:
    """Digest of every numeric dataset of a result file by its path."""
    found = {}

    def visit(name: str, item: h5py.Dataset | h5py.Group) -> None:
        numeric = isinstance(item, h5py.Dataset) and item.dtype.kind in "fiu"
        if numeric and name.partition("/")[0] in GROUPS:
            found[name] = sha256(np.ascontiguousarray(item[()]).tobytes()).hexdigest()[:16]

    with h5py.File(result) as file:
        file.visititems(visit)
    return found


def run_all() -> dict[str, dict[str, str]]:
    """Digests of all shipped cases."""
    from click.testing import CliRunner

    from thermal.cli.main import cli

    found = {}
    with TemporaryDirectory() as folder:
        for case in sorted(CASES.glob("*.toml")):
            result = Path(folder) / f"{case.stem}.h5"
            options = [f"--set={key}={value}" for key, value in COARSE.items()]
            outcome = CliRunner().invoke(cli, ["run", str(case), "-o", str(result), "--quiet", *options])
            if outcome.exit_code:
                raise SystemExit(f"{case.stem}: exit code {outcome.exit_code}\n{outcome.output}")
            found[case.stem] = digests(result)
            print(f"{case.stem}: {len(found[case.stem])} datasets", file=sys.stderr)
    return found


def differences(old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]) -> list[str]:
    """Say what differs, one line each."""
    lines = [f"{case}: only in one of the two" for case in sorted(old.keys() ^ new.keys())]
    for case in sorted(old.keys() & new.keys()):
        names = old[case].keys() | new[case].keys()
        lines += [f"{case}: {name}" for name in sorted(names) if old[case].get(name) != new[case].get(name)]
    return lines


def main(action: str, file: str) -> int:
    """Record digests into a file, or compare with those of a file."""
    found = run_all()
    if action == "record":
        Path(file).write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    lines = differences(json.loads(Path(file).read_text(encoding="utf-8")), found)
    print(
        "\n".join(lines) or f"the same bits in {sum(map(len, found.values()))} datasets of {len(found)} cases"
    )
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
