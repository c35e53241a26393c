"""What a load is: heat that the faces absorb, from a sky, a lander, or a user's own function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Protocol

import numpy as np

from thermal.heat.model.checks import check_shape, not_finite
from thermal.heat.solver import kernels

if TYPE_CHECKING:
    from mpi4py import MPI
    from numpy.typing import NDArray

AbsorbedFlux = Callable[[float, "NDArray[np.float64]", str], "NDArray[np.float64] | float | None"]
"""(time_s, x (n, 3) m, "front" | "back") -> absorbed W/m2, (n,) or a number, infrared included."""


@dataclass(frozen=True)
class Vertices:
    """The vertices of this rank that a load works on.

    Parameters
    ----------
    points, normals
        (n, 3) positions in m, and unit normals out of the front face.
    front_absorptance, back_absorptance, front_emissivity, back_emissivity
        (n,) optics; a face that does not see the surroundings has none.
    transmittance
        (n,) solar transmittance of the wall.
    area
        (n,) m2.
    reached
        (n,) area that loads reach, m2: none where a part is rolled up; live.
    exposed
        (n,) share of the front face that is not covered; its optics have it in.
    front_k, back_k
        (n,) face temperatures that the present stage starts from, K: live.
    vertex
        (n,) numbers, counted through all parts.
    comm
        MPI communicator of all ranks' vertices.

    """

    points: NDArray[np.float64]
    normals: NDArray[np.float64]
    front_absorptance: NDArray[np.float64]
    back_absorptance: NDArray[np.float64]
    front_emissivity: NDArray[np.float64]
    back_emissivity: NDArray[np.float64]
    transmittance: NDArray[np.float64]
    area: NDArray[np.float64]
    reached: NDArray[np.float64]
    exposed: NDArray[np.float64]
    front_k: NDArray[np.float64]
    back_k: NDArray[np.float64]
    vertex: NDArray[np.int64]
    comm: MPI.Intracomm


class BoundLoad(Protocol):
    """A load on given vertices."""

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:
        """Add what each face absorbs at ``time_s`` to ``front`` and ``back``, (n,) W/m2; return its power, W.

        The power is that on the area which loads reach.
        """


class Sunlight(BoundLoad, Protocol):
    """A load that is direct sunlight."""

    def light_at(self, time_s: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return what falls on front and back, (n,) W/m2 before absorptance: arrays that stay as they are."""


class Load(Protocol):
    """One term of the heat balance that comes from outside the model."""

    @property
    def name(self) -> str:
        """What ledger and series call it."""

    def bind(self, vertices: Vertices) -> BoundLoad:
        """Prepare the load for the vertices of this rank."""


@dataclass(frozen=True)
class GivenFlux:
    """A user's own absorbed flux, in place of the sky."""

    function: AbsorbedFlux
    name: str = "absorbed"

    def bind(self, vertices: Vertices) -> BoundGivenFlux:
        """Keep positions and areas."""
        given = np.empty_like(vertices.reached)
        return BoundGivenFlux(self.function, vertices.points, vertices.reached, given)


@dataclass(frozen=True)
class BoundGivenFlux:
    """A user's function on given points."""

    function: AbsorbedFlux
    points: NDArray[np.float64]
    reached: NDArray[np.float64]
    given: NDArray[np.float64]

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:
        """Call the function once a face; ``None`` means nothing."""
        power = 0.0
        for face, flux in (("front", front), ("back", back)):
            given = self.function(time_s, self.points, face)
            if given is None:
                continue
            check_shape(given, len(flux), time_s, face)
            self.given[:] = given
            gained = float(kernels.give(self.given, self.reached, flux))
            if not isfinite(gained):
                raise not_finite(time_s, face)
            power += gained
        return power
