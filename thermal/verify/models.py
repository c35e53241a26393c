"""Small models that several verification cases share, built through the public interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.geometry.graded_grid import graded_grid
from thermal.geometry.sheet import flat_sheet
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.model.law import Law
from thermal.heat.model.part import Face, Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

    from thermal.heat.model.conductor import Conductors, Sink


def sheet(
    width_lines: ArrayLike,
    height_lines: ArrayLike = (0.0, 0.01),
    *,
    name: str = "sheet",
    capacity: float | Law = 200.0,
    conductance: float | Law | tuple[Law, Law] = 4e-5,
    emissivity: float = 0.85,
    absorptance: float = 0.3,
    thickness: float = 0.0,
    through_conductivity: float = np.inf,
) -> Part:
    """Upright sheet that faces east; SI, 200 J/m2/K and 0.2 mm by default (theory W6)."""
    laws = conductance if isinstance(conductance, tuple) else (_law(conductance), _law(conductance))
    face = Face(absorptance=absorptance, emissivity=emissivity)
    return Part(
        surface=flat_sheet(name, np.asarray(width_lines, float), np.asarray(height_lines, float)),
        heat_capacity=_law(capacity),
        conductance=laws,
        front=face,
        back=face,
        thickness=thickness,
        through_conductivity=through_conductivity,
    )


def model(
    part: Part,
    absorbed: Callable[[float, NDArray[np.float64]], NDArray[np.float64] | float],
    joints: Sequence[Conductors | Sink] = (),
    temperature: float | str | Mapping[str, float | NDArray[np.float64]] = "equilibrium",
) -> HeatModel:
    """Model of one part whose front absorbs ``absorbed(time_s, x)``, W/m2."""
    made = HeatModel([part], joints)
    made.absorbed = lambda time_s, x, face: absorbed(time_s, x) if face == "front" else None
    made.temperature = temperature
    return made


def graded_lines(length: float, fine_at: float, halvings: int = 0) -> NDArray[np.float64]:
    """Grid lines as a case has them: 0.25 mm where it counts, 10 mm afar, growing by 1.25, m.

    Every halving halves all cells, in effect: half the sizes, and the root of the growth.
    """
    share = 0.5**halvings
    return graded_grid(length, 0.01 * share, refine_at=[fine_at], edge_size=0.25e-3 * share,
                       growth=1.25**share)  # fmt: skip


def both_faces(temperature: float, emissivity: float = 0.85) -> float:
    """W/m2 that both faces emit at a temperature, and so absorb from surroundings of it."""
    return 2.0 * emissivity * STEFAN_BOLTZMANN * temperature**4


def always(value: float) -> Callable[..., float]:
    """Return a function that gives the same at any time and place."""
    return lambda *_when_and_where: value


def _law(value: float | Law) -> Law:
    return value if isinstance(value, Law) else Law.constant(value)
