"""Membrane forces of the case's cloth at a temperature the run has found, held as its joints hold it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from materials.errors import NoDataError
from thermal.endurance.mechanics.membrane import Edge, Hold, MembraneForces, rectangle, solve_membrane
from thermal.endurance.mechanics.weave import cloth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from scipy.spatial import Delaunay

    from materials import Material, Property
    from thermal.case.tables.root import Case
    from thermal.geometry.surface import Surface

CELLS: Final = 40
"""Cells along the longer side of the cloth."""
DIRECTIONS: Final = ("", "axial", "in_plane")
"""Where a fibre's or a film's expansion is looked for, when a cloth has none along warp or weft."""
RUNNING: Final[dict[str, tuple[Edge, Edge]]] = {"x": ("bottom", "top"), "y": ("left", "right")}
"""Edges that run along each axis, the lower one first."""


@dataclass(frozen=True)
class SheetForces:
    """Forces in the cloth at one instant.

    Attributes
    ----------
    forces
        By cell.
    largest_n_m, smallest_n_m
        Largest tension and smallest principal force (negative: compression, which wrinkles), N/m.
    strength_share
        Largest tension along the yarns over the strength of a strip at its temperature. The corner at the
        end of a held edge is singular: it counts by the middle of its cell.
    worst_m
        Where on the cloth that is, (2,), m.
    hem_mismatch
        Free strain of the arm minus that of the cloth along the hem.
    mean_k
        Mean temperature of the cloth.
    holders_k
        Tubes along the edge with the largest mismatch, and their mean temperatures.

    """

    forces: MembraneForces
    largest_n_m: float
    smallest_n_m: float
    strength_share: float
    worst_m: NDArray[np.float64]
    hem_mismatch: float
    mean_k: float
    holders_k: dict[str, float]


def sheet_forces(
    case: Case,
    materials: Mapping[str, Material],
    surfaces: Mapping[str, Surface],
    temperature_k: Mapping[str, NDArray[np.float64]],
    *,
    wrinkling: bool = False,
) -> SheetForces:
    """Solve for the forces in the cloth; free of force at 293 K, where expansion is counted from.

    Parameters
    ----------
    case
        Its joints say which edges are held, and by which tubes.
    materials
        Material of each part.
    surfaces
        Of every part.
    temperature_k
        Temperatures of every part, K.
    wrinkling
        Let the cloth carry no compression.

    Returns
    -------
    SheetForces
        Forces, their extremes and what they mean.

    Raises
    ------
    NoDataError
        Where the database lacks the stiffness, the strength or the expansion of the cloth, or the expansion
        of the tube that holds it.

    """
    from scipy.interpolate import LinearNDInterpolator, NearestNDInterpolator

    own = materials["flag"]
    uv, field = surfaces["flag"].uv, temperature_k["flag"]
    mean = float(surfaces["flag"].mean(field))
    stiffness = cloth(*(float(own.membrane_stiffness(d).clamped()(mean)) for d in ("warp", "weft")))
    warp, weft = (expansion_along(own, direction).clamped() for direction in ("warp", "weft"))
    inside = LinearNDInterpolator(_triangles(uv.shape, uv.tobytes()), field)
    nearest = NearestNDInterpolator(uv, field)

    def local_k(places: NDArray[np.float64]) -> NDArray[np.float64]:
        local = inside(places[0], places[1])
        return np.asarray(np.where(np.isnan(local), nearest(places[0], places[1]), local))

    def free_strain(places: NDArray[np.float64]) -> NDArray[np.float64]:
        local = local_k(places)
        return np.stack([warp(local), weft(local), np.zeros(local.shape)])

    holders = _holders(case)
    strains: dict[Edge, float] = {}
    mismatch = 0.0
    nearby: dict[str, float] = {}
    for edge, tubes in holders.items():
        means = {tube: float(surfaces[tube].mean(temperature_k[tube])) for tube in tubes}
        strains[edge] = float(
            np.mean(
                [
                    surfaces[tube].mean(expansion_along(materials[tube], "").clamped()(temperature_k[tube]))
                    for tube in tubes
                ]
            )
        )
        along = warp if edge in ("top", "bottom") else weft
        own_mismatch = strains[edge] - float(along(mean))
        if not nearby or abs(own_mismatch) > abs(mismatch):
            mismatch, nearby = own_mismatch, means
    lengths = case.flag.width, case.flag.height_of_cloth
    domain = rectangle(*lengths, max(lengths) / CELLS)
    # The tension field jumps from cell to cell: linear elements, which are cheap, lose nothing there.
    degree = 1 if wrinkling else 2
    held = frame(strains, *lengths)
    forces = solve_membrane(domain, stiffness, free_strain, held, degree=degree, wrinkling=wrinkling)
    principal = forces.principal()
    centres = forces.corners.mean(axis=1)
    shares = _shares(own, forces.at_centres, local_k(centres.T))
    worst = int(np.argmax(shares))
    return SheetForces(
        forces,
        float(principal[:, 0].max()),
        float(principal[:, 1].min()),
        float(shares[worst]),
        centres[worst],
        mismatch,
        mean,
        nearby,
    )


def frame(strains: Mapping[Edge, float], width_m: float, height_m: float) -> dict[Edge, Hold]:
    """Move the held edges as one frame that stays together at its corners.

    Parameters
    ----------
    strains
        Free strain of what holds each edge, along it.
    width_m, height_m
        Of the cloth.

    Returns
    -------
    dict
        What `solve_membrane` takes. An edge moves along itself from the corner it shares with one held edge
        across, from its middle where there is none or one at each end; and sideways as the edges across
        carry it.

    """
    lengths = {"x": width_m, "y": height_m}
    still = {}
    for axis, length in lengths.items():
        low, high = RUNNING["y" if axis == "x" else "x"]
        ends = low in strains, high in strains
        still[axis] = {(True, False): 0.0, (False, True): length}.get(ends, length / 2.0)

    def along(axis: str, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Displacement along an axis: that of the two edges which run along it, straight between them."""
        known = [strains[edge] for edge in RUNNING[axis] if edge in strains]
        if not known:
            return np.zeros(len(places))
        own, other = (
            (places[:, 0], places[:, 1] / height_m) if axis == "x" else (places[:, 1], places[:, 0] / width_m)
        )
        return np.asarray((known[0] + (known[-1] - known[0]) * other) * (own - still[axis]))

    def move(places: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack([along("x", places), along("y", places)], axis=1)

    return dict.fromkeys(strains, move)


@lru_cache(maxsize=2)
def _triangles(shape: tuple[int, ...], uv: bytes) -> Delaunay:
    """Triangles between the vertices of a cloth: one for all forces in it."""
    from scipy.spatial import Delaunay

    return Delaunay(np.frombuffer(uv).reshape(shape))


def _holders(case: Case) -> dict[Edge, list[str]]:
    """Tubes along each held edge of the cloth."""
    names = {entry.name for entry in case.tube}
    held: dict[Edge, list[str]] = {}
    edges: tuple[Edge, ...] = ("left", "right", "bottom", "top")
    for joint in case.joint:
        for side, other in (joint.between, joint.between[::-1]):
            for edge in edges:
                if side == f"flag:{edge}" and other in names:
                    held.setdefault(edge, []).append(other)
    return held


def expansion_along(material: Material, direction: str) -> Property:
    """Expansion along a direction, or that of the fibre or film it is made of.

    Raises
    ------
    NoDataError
        Where the database has neither.

    """
    for way in dict.fromkeys((direction, *DIRECTIONS)):
        try:
            return material.expansion(way)
        except NoDataError:
            continue
    return material.expansion(direction)


def _shares(
    material: Material, forces: NDArray[np.float64], local_k: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Larger of the tensions along warp and weft over the strength there, (m,)."""
    strengths = [material.strip_strength(way).clamped() for way in ("warp", "weft")]
    warp, weft = (forces[:, k] / strengths[k](local_k) for k in (0, 1))
    return np.maximum(warp, weft)
