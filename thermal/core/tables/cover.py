"""Whether a table of times covers the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thermal.core.errors import Problem

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray


def check_cover(path: Path, times: NDArray[np.float64], duration_s: float) -> list[Problem]:
    """Report a table whose times (n,) in s do not reach from 0 to the end of the run."""
    problems = []
    if times[0] > 0.0:
        message = f"the first row is at {times[0]:.6g} s, after the start of the run"
        problems.append(Problem("table-too-short", str(path), message, "add a row at the start or before it"))
    if times[-1] < duration_s * (1.0 - 1e-9):
        message = f"the last row is at {times[-1]:.6g} s, the run ends at {duration_s:.6g} s"
        problems.append(Problem("table-too-short", str(path), message, "add rows or shorten run.duration"))
    return problems
