"""Bars of one metre's thickness, held and heated at their ends, for one-dimensional closed solutions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from thermal.heat.model.conductor import Conductors, Sink
from thermal.heat.model.part import Face
from thermal.verify.models import sheet

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from thermal.heat.model.law import Law
    from thermal.heat.model.part import Part

WIDTH_M = 0.01
STIFF = 1e9
"""W/m2/K between a body of given temperature and an end that it holds."""


def bar(
    lines: ArrayLike,
    conductivity: float | Law,
    capacity: float,
    *,
    name: str = "bar",
    apart_m: float = 0.0,
) -> Part:
    """Bar that neither absorbs nor emits; fluxes through it are per m2.

    Parameters
    ----------
    lines
        Grid lines along it, m.
    conductivity, capacity
        W/m/K and J/m3/K.
    name
        Of the part.
    apart_m
        How far it lies beside others, m.

    """
    part = sheet(
        lines, [0.0, WIDTH_M], name=name, capacity=capacity, conductance=conductivity, emissivity=0.0
    )
    surface = part.surface
    return replace(part, surface=replace(surface, points=surface.points + np.array([apart_m, 0.0, 0.0])))


def end(part: Part, *, last: bool = False) -> NDArray[np.int64]:
    """Vertices of the first or last grid line."""
    along = part.surface.uv[:, 0]
    return np.flatnonzero(along == (along.max() if last else 0.0))


def held(
    part: Part,
    temperature: float | Callable[[float], float],
    *,
    last: bool = False,
    conductance: float = STIFF,
    first_vertex: int = 0,
) -> Sink:
    """Hold an end at a temperature, K, through W/m2/K."""
    rows = end(part, last=last)
    law = temperature if callable(temperature) else lambda _time, value=temperature: value
    share = np.full(len(rows), conductance * WIDTH_M / len(rows))
    return Sink(f"{part.name} {'end' if last else 'start'}", first_vertex + rows, share, law)


def flux_through(powers_w: dict[str, float], part: Part, *, last: bool = False) -> float:
    """Heat that enters through a held end, W/m2."""
    return powers_w[f"sink:{part.name} {'end' if last else 'start'}"] / WIDTH_M


def contact(first: Part, second: Part, conductance: float) -> Conductors:
    """Press the end of a part on the start of the next one, W/m2/K; they are the model's first two."""
    rows, columns = end(first, last=True), len(first.surface.points) + end(second)
    return Conductors("contact", rows, columns, np.full(len(rows), conductance * WIDTH_M / len(rows)))


def end_flux(part: Part, flux: float, *, last: bool = False) -> NDArray[np.float64]:
    """Absorbed flux of every vertex (n,), W/m2, that brings ``flux`` W/m2 into the bar at an end."""
    rows = end(part, last=last)
    absorbed = np.zeros(len(part.surface.points))
    absorbed[rows] = flux * WIDTH_M / len(rows) / part.surface.area[rows]
    return absorbed


def at_points(
    part: Part, values: NDArray[np.float64]
) -> Callable[[float, NDArray[np.float64]], NDArray[np.float64]]:
    """Turn values at the vertices (n,) into the function of time and place that a model takes."""
    points = part.surface.points

    def value(_time_s: float, x: NDArray[np.float64]) -> NDArray[np.float64]:
        nearest = np.linalg.norm(x[:, None] - points[None], axis=2).argmin(axis=1)
        return np.asarray(values[nearest])

    return value


def radiating_end(part: Part, emissivity: float) -> Part:
    """Let the last end emit."""
    return replace(part, front=Face(emissivity=end_flux(part, emissivity, last=True)))


def loss(part: Part, conductance: float, temperature: float, first_vertex: int = 0) -> Sink:
    """Linear loss of the whole surface to a temperature, W/m2/K of wall."""
    vertices = first_vertex + np.arange(len(part.surface.points))
    return Sink(f"{part.name} loss", vertices, conductance * part.surface.area, lambda _time: temperature)
