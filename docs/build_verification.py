"""Write docs/verification.md: what `lunarflag verify` prints, with the commit and the machine it ran on.

Run it by ``make docs`` after a change of the core or of the cases; it takes about half a minute. By hand:
``python -P``, or docs/materials hides the package of this name.
"""

import math
import platform
from pathlib import Path

from thermal import verify
from thermal.results.layout.provenance import commit

DOCS = Path(__file__).parent
INTRODUCTION = """# Verification

`lunarflag verify` runs every case of `thermal/verify/` on this installation and prints figure, target,
tolerance and verdict; `--list` names the cases, `lunarflag verify v16` runs those that begin so, `--json`
gives the rows. It exits with code 5 if one figure misses. The whole takes about ten seconds of one core.
The tests run the same files.

A case is one file with a `TITLE` and a `run()` that yields `Check` rows: adding a file adds a case. All use
the core that runs flags (`HeatModel`, `integrate`, `sky_terms`, the ray caster, the regolith column), none
a solver of its own. The equations of the targets are on the [theory page](theory/verification.md). NAFEMS
T4 and the axisymmetric transient (V4, V5) are not among the cases: their shapes and boundary conditions are
not those of thin walls.
"""
CLOSING = """## Invariances

`tests/scene/test_invariances.py` turns and mirrors scenes with their Sun. Without bodies that shade,
temperatures stay within 1e-6 K; with lander, arm and draped cloth within 0.12 K turned (measured 0.01 and
0.055 K on two processors: rays in single precision) and to rounding mirrored, because ray patterns turn
with the normals and
are symmetric. A drape of zero amplitude gives the flat sheet to 1e-6 K.

## Whole cases

`tests/scene/` runs each shipped case for a day on a coarse mesh with its ledger closed, scenes that cannot
be (exit code 3, the part named), deployment, box joints, prints and imported meshes.
"""


def main() -> None:
    """Run all cases and write the page."""
    overview = [
        "| case | what it holds the code to | figures | nearest to its tolerance |",
        "|---|---|---|---|",
    ]
    details = []
    for name in verify.cases():
        case = verify.load(name)
        checks = list(case.run())
        worst = max(checks, key=used)
        overview.append(
            f"| [{name}](#{name}) | {case.TITLE} | {len(checks)} | {used(worst):.0%}: {worst.quantity} |"
        )
        details += [f"### {name}", "", " ".join((case.__doc__ or case.TITLE).split()), "", *rows(checks), ""]
    stamp = f"Printed at commit {commit().removesuffix('-dirty') or 'unknown'} on {processor()}.\n"
    pieces = [
        INTRODUCTION,
        "## All cases\n",
        stamp,
        "\n".join(overview),
        "",
        CLOSING,
        "## All figures\n",
        "\n".join(details),
    ]
    (DOCS / "verification.md").write_text("\n".join(pieces), "utf-8")
    print("written: verification.md")


def used(check: verify.Check) -> float:
    """Share of the tolerance that a figure takes."""
    missed = abs(check.value - check.target)
    return missed / check.tolerance if check.tolerance else math.inf if missed else 0.0


def rows(checks: list[verify.Check]) -> list[str]:
    """Return a table of figures."""
    lines = ["| figure | value | target | tolerance | unit |", "|---|---|---|---|---|"]
    for check in checks:
        figure = check.quantity.replace("|", "\\|")
        lines.append(
            f"| {figure} | {check.value:.7g} | {check.target:.7g} | {check.tolerance:.2g} | {check.unit} |"
        )
    return lines


def processor() -> str:
    """Return the processor's name as the system gives it."""
    info = Path("/proc/cpuinfo")
    names = [
        line.partition(":")[2].strip()
        for line in (info.read_text("utf-8").splitlines() if info.exists() else [])
        if line.startswith("model name")
    ]
    return names[0] if names else platform.machine()


if __name__ == "__main__":
    main()
