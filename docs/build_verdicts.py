"""Write docs/verdicts.md: what the program says of the flags on the Moon, beside what is known of them.

Run it by ``make docs`` after a change of the model, the data or the cases; it takes about two minutes. What
is known stands in docs/verdicts.toml, the verdicts are those that ``lunarflag run`` prints. By hand:
``python -P``, or docs/materials hides the package of this name.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import textwrap
import tomllib
from pathlib import Path
from typing import Final

import numpy as np

from materials import load_database
from thermal.core.constants import YEAR
from thermal.results import open_result

DOCS: Final = Path(__file__).parent
LUNAR_GRAVITY: Final = 1.62
"""m/s2."""
WIDTH: Final = 118


def main() -> None:
    """Run every case and write the page."""
    known = tomllib.loads((DOCS / "verdicts.toml").read_text("utf-8"))
    pieces = [known["introduction"].strip()]
    with tempfile.TemporaryDirectory() as folder:
        for flag in known["flag"]:
            result = Path(folder) / f"{flag['case']}.h5"
            sets = {"mesh.size": flag["size"], "mesh.edge_size": flag["edge_size"]}
            options = " ".join(f'--set {key}="{value}"' for key, value in sets.items())
            printed = run(flag["case"], sets, result)
            text = " ".join(flag["known"].split())
            if "{standing}" in text:
                text = text.format(standing=standing(result))
            pieces += [
                f"## {flag['title']}",
                f"    lunarflag run cases/{flag['case']}.toml {options}",
                f"```text\n{printed}\n```",
                textwrap.fill(text, WIDTH),
            ]
    (DOCS / "verdicts.md").write_text("\n\n".join(pieces) + "\n", "utf-8")
    print("written: verdicts.md")


def run(case: str, sets: dict[str, str], result: Path) -> str:
    """Run a case and return its verdict as printed."""
    words = [item for key, value in sets.items() for item in ("--set", f"{key}={value}")]
    command = [sys.executable, "-m", "thermal.cli.main", "run", f"cases/{case}.toml", *words]
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(  # noqa: S603  (our own command)
        [*command, "-o", str(result)],
        cwd=DOCS.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    return "\n".join(lines[lines.index("Verdict") : -1])


def standing(path: Path) -> str:
    """Say how long the law of strength lets nylon carry its weight, and what the shadows say of the law."""
    nylon = load_database()["nylon66"]
    with open_result(path) as result:
        flag = result.mesh.vertices("flag")
        height = float(np.ptp(result.mesh.uv[flag][:, 1]))
        run_s = float(result.time.values[-1])
        dose = max(
            float(np.median(result[f"endurance/sun_hours_{face}"].values[flag])) for face in ("front", "back")
        )
        start = int(result.attributes["start"][:4])
    rate = dose * YEAR / run_s
    weight = nylon.areal_density * height * LUNAR_GRAVITY
    half_of_the_fibres = nylon.areal_density / nylon.property("density").level / 2.0
    strength = (
        half_of_the_fibres
        * nylon.property("tensile_strength", "axial").level
        * nylon.property("strength_efficiency").level
    )
    halvings = math.log2(strength / weight)
    half_dose = nylon.property("uv_half_strength_dose").level
    years = halvings * half_dose / rate
    seen = 2012 - start
    needed = seen * rate / halvings
    return (
        f"To carry its own weight, {weight:.2f} N per metre of hem, it needs"
        f" {1e6 * weight / strength:.0f} millionths of its new strength. Yet the law taken literally gets"
        f" there too, after {halvings:.0f} halvings or about {years:.0f} years, and the flag had hung for"
        f" {seen}: so either the half-strength dose is above {needed:,.0f} ESH where the database has"
        f" {half_dose:.0f} (beyond its interval), or, more likely, light does not reach the inside of the"
        " yarns, which the law for bare thin yarn leaves out. The shadows speak against continuing this law"
        " over decades, not against the first half of the strength."
    )


if __name__ == "__main__":
    main()
