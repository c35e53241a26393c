"""Heat pulses, such as the plume of an ascent: q0 exp(-(t - start) / decay) (theory R7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.heat.loads import kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.model.load import Vertices

AFTERGLOW_S: Final = 20.0
"""How long after a pulse the profile through the walls is followed: tens of a cloth's diffusion times."""


@dataclass(frozen=True)
class HeatPulse:
    """An absorbed pulse on all faces, or from a point that spreads over a hemisphere.

    Parameters
    ----------
    name
        Of the event.
    start_s, stop_s, decay_s
        s.
    peak_w_m2
        Absorbed flux at the start: on all faces, or facing the source at ``reference_m``.
    source
        (3,) m, or None.
    reference_m
        Distance at which the peak holds.

    """

    name: str
    start_s: float
    stop_s: float
    decay_s: float
    peak_w_m2: float
    source: tuple[float, float, float] | None = None
    reference_m: float = 1.0

    @property
    def jumps(self) -> tuple[float, float, float]:
        """When it begins, when it ends, and when the walls are settled again, s."""
        return self.start_s, self.stop_s, self.stop_s + AFTERGLOW_S

    def pulsing(self, time_s: float) -> bool:
        """Whether walls have to be resolved just after a time."""
        return self.start_s <= time_s < self.stop_s + AFTERGLOW_S

    def bind(self, vertices: Vertices) -> BoundPulse:
        """Take the spatial law at the vertices; a face with no emissivity and absorptance takes none."""
        open_front = (vertices.front_emissivity + vertices.front_absorptance) > 0.0
        open_back = (vertices.back_emissivity + vertices.back_absorptance) > 0.0
        if self.source is None:
            return BoundPulse(self, open_front.astype(float), open_back.astype(float), vertices.reached)
        towards = np.asarray(self.source) - vertices.points
        distance = np.linalg.norm(towards, axis=1)
        cosine = np.einsum("ij,ij->i", towards, vertices.normals) / distance
        spread = (self.reference_m / distance) ** 2
        front, back = (np.maximum(side, 0.0) * spread for side in (cosine, -cosine))
        return BoundPulse(self, open_front * front, open_back * back, vertices.reached)


@dataclass(frozen=True)
class BoundPulse:
    """A pulse on given vertices; ``front``, ``back`` are shares of the peak."""

    pulse: HeatPulse
    front: NDArray[np.float64]
    back: NDArray[np.float64]
    reached: NDArray[np.float64]

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:
        """Add the absorbed flux, W/m2; return its power, W."""
        p = self.pulse
        on = p.start_s <= time_s < p.stop_s
        flux = p.peak_w_m2 * np.exp(-(time_s - p.start_s) / p.decay_s) if on else 0.0
        return float(kernels.spread(flux, self.front, self.back, self.reached, front, back))
