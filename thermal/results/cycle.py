"""The group ``cycle``: how the periodic state was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.results.array import Field

if TYPE_CHECKING:
    from thermal.heat.periodic import Cycle


def cycle_fields(cycle: Cycle) -> dict[str, Field]:
    """Lay out the residuals, one value a lunation of the search.

    Returns
    -------
    dict
        ``distance``, and ``residual_PART`` for every part, (lunations,) K.

    """
    fields = {
        "distance": Field(
            np.array(cycle.distance_k), "K", "largest distance from the periodic state that was estimated"
        )
    }
    for part, values in cycle.residual_k.items():
        name = f"largest change of {part} over the lunation"
        fields[f"residual_{part}"] = Field(np.array(values), "K", name)
    return fields
