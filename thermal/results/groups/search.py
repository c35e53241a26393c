"""The search for a periodic state as a group of a checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.heat.time.anderson import Past
from thermal.heat.time.cycle import Cycle
from thermal.heat.time.periodic import Search
from thermal.results.layout.hdf import put
from thermal.results.layout.quantities import FieldInfo

if TYPE_CHECKING:
    import h5py

_PAST: Final = (
    FieldInfo("image", "", "temperatures at the end of the last lunation", "K"),
    FieldInfo("residual", "", "their weighted distance from those at its start", "K"),
    FieldInfo("images", "", "differences of images, the newest first", "K"),
    FieldInfo("residuals", "", "differences of residuals, the newest first", "K"),
)
_DISTANCE: Final = FieldInfo("distance", "", "largest distance from the periodic state, as estimated", "K")


def put_search(group: h5py.Group, search: Search) -> None:
    """Write a search into an empty group."""
    for info in _PAST:
        put(group, info, getattr(search.past, info.name))
    put(group, _DISTANCE, np.array(search.cycle.distance_k))
    parts = group.create_group("residual_of_part")
    for name, values in search.cycle.residual_k.items():
        words = f"largest change of {name} over each lunation"
        put(parts, FieldInfo(name, "", words, "K"), np.array(values))


def get_search(group: h5py.Group) -> Search:
    """Read a search from its group."""
    parts = group["residual_of_part"]
    return Search(
        Past(**{info.name: np.asarray(group[info.name]) for info in _PAST}),
        Cycle(
            {name: tuple(parts[name][()].tolist()) for name in parts},
            tuple(group["distance"][()].tolist()),
        ),
    )
