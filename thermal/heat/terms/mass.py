"""A body of one temperature under the sky, such as a lander: what its faces absorb, what others see of it.

Every face of the box takes direct sunlight past the bodies that shade it, what the ground reflects and
radiates, and the cosmic background, over an open plain; what flag and arm send it is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thermal.scene.masses import OwnTemperature, absorbed_on_plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from thermal.heat.load import Vertices
    from thermal.heat.terms.now import SkyNow
    from thermal.scene.bodies import BoxBody


@dataclass(frozen=True)
class MassInSky:
    """Sunlight and infrared on all faces of a box, spread over its skin.

    Parameters
    ----------
    now
        The sky.
    box
        The body; its :class:`~thermal.scene.masses.OwnTemperature` is told what it is.
    first, count
        Numbers of its vertices in the model.

    """

    now: SkyNow
    box: BoxBody
    first: int
    count: int

    @property
    def name(self) -> str:
        """What ledger and series call it."""
        return f"sky on {self.box.name}"

    def bind(self, vertices: Vertices) -> BoundMass:
        """Find the vertices of the body."""
        return BoundMass(self, vertices)


class BoundMass:
    """A body's load on the vertices of this rank."""

    def __init__(self, term: MassInSky, vertices: Vertices) -> None:
        self._term, self._comm = term, vertices.comm
        self._own = (vertices.vertex >= term.first) & (vertices.vertex < term.first + term.count)
        self._area, self._front_k = vertices.area[self._own], vertices.front_k
        self._whole = self._sum(float(self._area.sum()))

    def absorb(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> None:
        """Write the absorbed flux, W/m2, and note the body's temperature for those who see it."""
        term = self._term
        if isinstance(term.box.temperature, OwnTemperature):
            kelvin = self._sum(float(self._area @ self._front_k[self._own])) / self._whole
            term.box.temperature.kelvin = kelvin
        front[:] = back[:] = 0.0
        front[self._own] = absorbed_on_plain(term.box, term.now.at(time_s))

    def _sum(self, value: float) -> float:
        return value if self._comm.size == 1 else sum(self._comm.allgather(value))
