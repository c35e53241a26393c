"""The group ``cycle``: how the periodic state was found, and how well it closes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from thermal.core.constants import LUNATION
from thermal.results.layout.field import Field

if TYPE_CHECKING:
    from thermal.heat.time.cycle import Cycle
    from thermal.results.reading.reader import Result

_RESIDUAL: Final = "residual_"


def cycle_fields(cycle: Cycle) -> dict[str, Field]:
    """Lay out the residuals, one value a lunation of the search.

    Returns
    -------
    dict
        ``distance``, and ``residual_PART`` for every part, (lunations,) K.

    """
    words = "largest distance from the periodic state, as estimated"
    fields = {"distance": Field(np.array(cycle.distance_k), "K", words)}
    for part, values in cycle.residual_k.items():
        words = f"largest change of {part} over the lunation"
        fields[_RESIDUAL + part] = Field(np.array(values), "K", words)
    return fields


def summarise_cycle(result: Result) -> dict[str, Any] | None:
    """Sum up how the periodic state was found; None for a run that is not periodic.

    Returns
    -------
    dict
        ``lunations`` of the search, the estimated ``distance_k`` and ``residual_k`` by part at its end, and
        ``closing_k``: by part the largest |T(end) - T(start)| over the first lunation that is stored, null
        while the run is shorter.

    """
    group = result.group("cycle")
    if not group:
        return None
    closing = None
    if result.time[-1] >= LUNATION * (1.0 - 1e-6):
        closing = {part: _change(result, part) for part in result.parts}
    return {
        "lunations": len(group["distance"]),
        "distance_k": float(group["distance"][-1]),
        "residual_k": {part: float(group[_RESIDUAL + part][-1]) for part in result.parts},
        "closing_k": closing,
    }


def _change(result: Result, part: str) -> float:
    start, end = (result.temperature(part, time_s=time_s).values for time_s in (0.0, LUNATION))
    return float(np.abs(end - start).max())
