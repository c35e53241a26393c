"""Diffuse light and infrared of ground and deep space: optics times F J, F the view factor (theory R2 to R4).

Three terms of the sky: sunlight that the ground sends back, alpha F_g A S sin(el); infrared of the ground,
eps F_g eps_g sigma T_g^4; and the cosmic background, eps F_sky 3.1e-6 W/m2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thermal.heat.loads import kernels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from thermal.heat.loads.sky_cache import SkyNow
    from thermal.heat.model.load import Vertices
    from thermal.radiation.view_factors.views import Views
    from thermal.sky import Sky


@dataclass(frozen=True)
class Diffuse:
    """What every face receives alike of a part of its surroundings.

    Parameters
    ----------
    name
        What ledger and series call it.
    now
        The sky.
    front, back
        (n,) view factors of the faces of every vertex of the model to that part.
    flux
        What that part sends at an instant, W/m2.
    light
        Whether it is sunlight, which faces take by their absorptance; else infrared, by their emissivity.

    """

    name: str
    now: SkyNow
    front: NDArray[np.float64]
    back: NDArray[np.float64]
    flux: Callable[[Sky], float]
    light: bool

    def bind(self, vertices: Vertices) -> BoundDiffuse:
        """Multiply optics by view factors once."""
        optics = (
            (vertices.front_absorptance, vertices.back_absorptance)
            if self.light
            else (vertices.front_emissivity, vertices.back_emissivity)
        )
        front, back = self.front[vertices.vertex], self.back[vertices.vertex]
        return BoundDiffuse(self.now, optics[0] * front, optics[1] * back, vertices.reached, self.flux)


@dataclass(frozen=True)
class BoundDiffuse:
    """The same on given vertices; ``front``, ``back`` are optics times view factor, (n,)."""

    now: SkyNow
    front: NDArray[np.float64]
    back: NDArray[np.float64]
    reached: NDArray[np.float64]
    flux: Callable[[Sky], float]

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:
        """Add the absorbed flux, W/m2; return its power, W."""
        flux = self.flux(self.now.at(time_s))
        return float(kernels.spread(flux, self.front, self.back, self.reached, front, back))


def diffuse_terms(now: SkyNow, views: Views) -> tuple[Diffuse, Diffuse, Diffuse]:
    """Return the terms of sunlit ground, of warm ground and of deep space."""
    below, above = (views.front_ground, views.back_ground), (views.front_sky, views.back_sky)
    return (
        Diffuse("reflected sunlight", now, *below, lambda sky: sky.ground_reflected, light=True),
        Diffuse("ground infrared", now, *below, lambda sky: sky.ground_infrared, light=False),
        Diffuse("cosmic background", now, *above, lambda sky: sky.space_infrared, light=False),
    )
