"""Draws from the data's uncertainties, shared by candidates only where they share the thing itself.

What all candidates stand on, the site, the ground and the arm, has one draw for all of them; each candidate's
own data are drawn on their own, also where two candidates are made of the same material.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from materials import Material


@dataclass(frozen=True, slots=True)
class Draws:
    """Standard normal deviates by name.

    Parameters
    ----------
    seed
        Equal seeds give equal draws.
    count
        Draws of each input.
    candidate
        Whose own data are drawn; empty for what all share.

    """

    seed: int
    count: int
    candidate: str = ""

    def deviates(self, name: str) -> NDArray[np.float64]:
        """Deviates (count,) of an input."""
        return _deviates(self.seed, self.count, f"{self.candidate}\0{name}")

    def material(self, material: Material, index: int) -> Material:
        """Return a material as one draw of all its data has it, surfaces included."""
        drawn = material
        for datum in material.every_property():
            deviate = float(self.deviates(f"{datum.material}:{datum.key}")[index])
            drawn = drawn.with_property(datum.name, datum.direction, datum.perturbed(deviate))
        return drawn

    def of(self, candidate: str) -> Draws:
        """Return the draws of a candidate's own data."""
        return replace(self, candidate=candidate)


@lru_cache(maxsize=4096)
def _deviates(seed: int, count: int, name: str) -> NDArray[np.float64]:
    return np.random.default_rng([seed, *name.encode()]).standard_normal(count)
